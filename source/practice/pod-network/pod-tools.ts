import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterPlan } from '../cluster-plan.ts';
import { spoken } from './spoken-call.ts';

const folders = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Where commands are looked for in a pod. A root with a shell of its own has nothing but its own commands. */
export const pathIn = (root: string): string =>
	[join(root, 'usr/bin'), ...(existsSync(join(root, 'usr/bin/sh')) ? [] : folders)].join(':');

/**
 * Puts the commands of a Portworx pod that are not this machine's in its root: curl, and a `date` whose clock is off. `var/curl` is
 * there in any case, for the pretend pxctl.
 */
export function installPodTools(
	root: string,
	{ curl, clockAhead }: Pick<ClusterPlan, 'curl' | 'clockAhead'>,
	networkPort: number,
): void {
	const own = (name: string) => join(root, 'usr/bin', name);
	const script = (path: string, text: string) => writeFileSync(path, text, { mode: 0o755 });
	const bash = onThisMachine('bash');
	writeFileSync(join(root, 'var/curl.mjs'), handOver(networkPort));
	script(
		join(root, 'var/curl'),
		bash
			? handOverByBash(bash, networkPort)
			: `#!/bin/sh\nexec ${quoted(process.execPath)} "$PRACTICE_ROOT/var/curl.mjs" "$@"\n`,
	);
	if (clockAhead !== 0) {
		script(own('date'), shiftedDate(onThisMachine('date') ?? '/bin/date', clockAhead));
	}
	if (curl === 'there') {
		symlinkSync(join(root, 'var/curl'), own('curl'));
		return;
	}
	for (const name of commands) {
		const path = onThisMachine(name);
		if (path && !existsSync(own(name))) {
			symlinkSync(path, own(name));
		}
	}
}

/** What there is in a pod without curl. No bash, which can open connections by itself. */
const commands = [
	...[
		'sh',
		'awk',
		'base64',
		'basename',
		'cat',
		'chmod',
		'cksum',
		'cp',
		'cut',
		'date',
		'df',
		'dirname',
		'env',
		'find',
	],
	...[
		'grep',
		'head',
		'hostname',
		'id',
		'ls',
		'ln',
		'mkdir',
		'mktemp',
		'mv',
		'od',
		'ps',
		'rm',
		'sed',
		'sleep',
		'sort',
	],
	...[
		'stat',
		'tail',
		'tee',
		'test',
		'timeout',
		'touch',
		'tr',
		'true',
		'uname',
		'uniq',
		'uuidgen',
		'wc',
		'xargs',
	],
];

const onThisMachine = (name: string): string | undefined =>
	folders.map(folder => join(folder, name)).find(path => existsSync(path));

/** GNU's date shifts by itself; others tell no fractions of a second anyway. */
const shiftedDate = (date: string, seconds: number): string => `#!/bin/sh
${quoted(date)} -d '${seconds} seconds' "$@" 2> /dev/null || echo $(($(${quoted(date)} +%s) + ${seconds}))
`;

/** The network is in the process of the practice clusters: what it needs to know goes there, and what it says is printed. */
const handOver = (port: number): string => `import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const args = process.argv.slice(2);
const stdin = args.some(word => word === '-' || word === '@-') ? readFileSync(0, 'utf8') : '';
const file = /^cacert = "(.+)"$/m.exec(stdin)?.[1];
const socket = connect(${port}, '127.0.0.1');
socket.end(JSON.stringify({ args, stdin, ca: file ? readFileSync(file, 'utf8') : '' }));
const { code, stdout, stderr } = JSON.parse(await text(socket));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
`;

/**
 * The same by bash, where there is one: it opens connections by itself, and starts in a tenth of the time. It can't say that it has
 * said all, so each text has its length before it.
 */
const handOverByBash = (bash: string, port: number): string => `#!${bash}
LC_ALL=C
stdin=
for word; do case $word in - | @-) stdin=$(cat; echo .); stdin=\${stdin%.} ;; esac; done
ca=
[[ $stdin =~ cacert\\ =\\ \\"([^\\"]+)\\" ]] && ca=$(cat "\${BASH_REMATCH[1]}"; echo .) && ca=\${ca%.}
exec 3<> /dev/tcp/127.0.0.1/${port} || exit 7
{
	printf '${spoken} %d\\n' $#
	for text in "$stdin" "$ca" "$@"; do printf '%d\\n%s' \${#text} "$text"; done
} >&3
IFS= read -r code <&3
IFS= read -r complaint <&3
[ -z "$complaint" ] || printf '%s\\n' "$complaint" >&2
cat <&3
exit "$code"
`;

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
