import { keyFileInPod } from '../pairing/cluster-pair/pxctl-commands.ts';
import {
	accountTokenLine,
	execLine,
	hereLine,
	kubectlFor,
	needsToken,
	type PodPlace,
	type PodPlaces,
	readsKeyFile,
} from '../pairing/step/preview.ts';
import type { Preview, Step } from '../pairing/step/step.ts';
import { type Command, quote } from '../pairing/words/command.ts';
import type { Side } from '../pairing/words/pair.ts';
import { Secret } from '../pairing/words/secret.ts';
import { accountTokenVariable, clusterTokenVariable, specFileOf } from './runbook-manifests.ts';

/** A value for a command in a pod: what it is called there, and how the shell here comes by it. */
type Given = Readonly<{ name: string; here: string; asked: Asked }>;

type Asked = Readonly<
	| { kind: 'secret'; variable: string }
	| { kind: 'file'; variable: string }
	| { kind: 'admin-token'; variable: string; place: PodPlace }
>;

export function commandBlock(command: Command, places: PodPlaces, on: Step['on']): readonly string[] {
	if (command.where === 'here') {
		return [hereLine(command, places, on)];
	}
	const lines = podLines(command, command.where, places[command.where]);
	return isTokenShow(command) ? captured(lines, command.where) : lines;
}

export const secretsOf = (preview: Preview, places: PodPlaces): readonly Asked[] =>
	preview.kind === 'command' && preview.command.where !== 'here'
		? givenTo(preview.command, preview.command.where, places[preview.command.where]).map(({ asked }) => asked)
		: [];

export function readSecret(asked: Asked): string {
	const { variable } = asked;
	switch (asked.kind) {
		case 'secret':
			return `printf ${quote(`${variable}: `)}; stty -echo; IFS= read -r ${variable}; stty echo; echo`;
		case 'file':
			return `printf ${quote(`${variable} (its path on this machine): `)}; IFS= read -r ${variable}`;
		case 'admin-token':
			return `${variable}=$(${kubectlFor(asked.place)} -n ${quote(asked.place.namespace)} get secret px-admin-token -o 'jsonpath={.data.auth-token}' | base64 -d)`;
	}
}

/** In a pod, secrets go through standard input: an exec URL, and with it the audit log, would keep them. */
function podLines(command: Command, side: Side, place: PodPlace): readonly string[] {
	const given = givenTo(command, side, place);
	const words = [command.file, ...command.args];
	if (given.length === 0) {
		return [`${execLine(place)} ${words.map(word => quote(String(word))).join(' ')}`];
	}
	const inner = words
		.map((word, index) => (word instanceof Secret ? `"$${nameBefore(words, index)}"` : quote(word)))
		.join(' ');
	const script = [
		...given.map(({ name }) => `IFS= read -r ${name}`),
		...(needsToken(command, place) ? ['export PXCTL_AUTH_TOKEN'] : []),
		...(readsKeyFile(command) ? [...keyFileForAWhile, inner] : [`exec ${inner}`]),
	].join('; ');
	return [
		`printf '%s\\n' ${given.map(({ here }) => here).join(' ')} |`,
		`  ${execLine(place, '-i ')} sh -c ${quote(script)}`,
	];
}

/** Portworx reads the key by its path in the pod. There it goes with the shell that wrote it. */
const keyFileForAWhile = [
	'umask 077',
	`trap "rm -f ${keyFileInPod}" EXIT`,
	'trap "exit 1" HUP INT TERM',
	`printf %s "$KEY" | base64 -d > ${keyFileInPod}`,
];

function givenTo(command: Command, side: Side, place: PodPlace): readonly Given[] {
	const words = [command.file, ...command.args];
	const variable = `${side.toUpperCase()}_AUTH_TOKEN`;
	const token: Given = {
		name: 'PXCTL_AUTH_TOKEN',
		here: `"$${variable}"`,
		asked: { kind: 'admin-token', variable, place },
	};
	// On one line: older API servers cannot tell a pod that its standard input has ended.
	const file = nameBefore(words, words.indexOf(keyFileInPod));
	const keyFile: Given = {
		name: 'KEY',
		here: `"$(base64 < "$${file}" | tr -d '\\n')"`,
		asked: { kind: 'file', variable: file },
	};
	return [
		...(needsToken(command, place) ? [token] : []),
		...(readsKeyFile(command) ? [keyFile] : []),
		...words.flatMap((word, index): Given[] => {
			const name = nameBefore(words, index);
			return word instanceof Secret
				? [{ name, here: `"$${name}"`, asked: { kind: 'secret', variable: name } }]
				: [];
		}),
	];
}

/** `--s3-secret-key` names what follows it: `S3_SECRET_KEY`. */
const nameBefore = (words: readonly (string | Secret)[], index: number): string =>
	String(words[index - 1])
		.replace(/^--/, '')
		.replaceAll('-', '_')
		.toUpperCase();

const isTokenShow = ({ args }: Command): boolean => args.join(' ') === 'cluster token show';

const captured = (lines: readonly string[], side: Side): readonly string[] => [
	[
		`${clusterTokenVariable(side)}=$(${lines.join('\n')} |`,
		"  sed -n 's/^[[:space:]]*Token is \\([^[:space:]]*\\).*/\\1/p')",
	].join('\n'),
];

/** What storkctl prints, without the blocks that must not travel. The file holds the credentials of the context, if any. */
export function specBlock(
	{ command, login, server }: Extract<Preview, { kind: 'spec' }>,
	places: PodPlaces,
	on: Step['on'],
): readonly string[] {
	// awk reads what is in its environment as it is; in a program or behind -v it would need to be escaped.
	const otherServer = server ? `SERVER=${quote(server)} ` : '';
	return [
		`(umask 077; ${hereLine(command, places, on)} | ${otherServer}awk '`,
		...blockFilter(login === 'service-account', server !== undefined),
		`' > ${specFileOf(on === 'source' ? 'source' : 'destination')})`,
	];
}

/** The cluster takes a moment to make it. */
export function accountTokenBlock(
	{ account, on }: Extract<Preview, { kind: 'account-token' }>,
	place: PodPlace,
): readonly string[] {
	const variable = accountTokenVariable(on);
	return [
		`until ${variable}=$(${accountTokenLine(account, place)} | base64 -d); [ -n "$${variable}" ]; do sleep 1; done`,
	];
}

/** A block is a key with all that is further in, or as a list at the same depth. Without `!`: older shells take it for history. */
const blockFilter = (withoutUsers: boolean, hasServer: boolean): readonly string[] => [
	'  match($0, /[^ ]/) {',
	'    if (depth && (RSTART > depth || (RSTART == depth && /^ *- /))) next',
	'    depth = 0',
	`    if (/^(status|  creationTimestamp):/ || /^ *(LocationOfOrigin|extensions|${withoutUsers ? 'users|' : ''}<?insert_storage_options_here>?):/) depth = RSTART`,
	...(hasServer
		? ['    else if (match($0, /^ *server: /)) print substr($0, 1, RLENGTH) ENVIRON["SERVER"]']
		: []),
	'    else print',
	'  }',
];
