import { loadKubeconfig } from '../../gateways/kubernetes/kubeconfig.ts';
import { listRecords } from '../../gateways/machine/recorded.ts';
import { policies } from '../../pairing/answers/answers.ts';
import { forReadline, readBashLine } from './bash-line.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { commands, flags, flagsOf, lookFlags, planOutputs } from './flags.ts';
import { type Host, printer } from './host.ts';
import { shells } from './options.ts';

/** Prints what could stand in place of the last word, one a line; nothing where a file belongs. Never fails: a shell waits. */
export async function completeCommand(
	host: Host,
	{ words }: Readonly<{ words: readonly string[] }>,
): Promise<ExitCode> {
	(await fitting(host, words.slice(0, -1), words.at(-1) ?? '')).forEach(printer(host.out));
	return exitCode.done;
}

/** The same for bash, which hands over its line as it is and is given what to put in. */
export async function completeLineCommand(
	host: Host,
	{ line, breaks }: Readonly<{ line: string; breaks: string }>,
): Promise<ExitCode> {
	const { before, last } = readBashLine(line, breaks);
	const found = await fitting(host, before.slice(1), last.word);
	found.map(word => forReadline(word, last)).forEach(printer(host.out));
	return exitCode.done;
}

/** Names with control characters are left out: a line is a candidate. */
async function fitting(host: Host, before: readonly string[], typed: string): Promise<readonly string[]> {
	const found = await candidates(host, before, typed).catch(() => []);
	return found.filter(word => word.startsWith(typed) && !/\p{Cc}/u.test(word));
}

async function candidates(host: Host, before: readonly string[], typed: string): Promise<readonly string[]> {
	const command = commandAmong(before);
	const [flag, value] = /^(--[\w-]+)=/.exec(typed)
		? [typed.slice(0, typed.indexOf('=')), true]
		: [before.at(-1), false];
	if (value || takesNext(flag ?? '')) {
		const values = (await valuesOf(host, before, flag ?? '')) ?? [];
		return value ? values.map(word => `${flag}=${word}`) : values;
	}
	if (typed.startsWith('-')) {
		return [...(flagsOf[command ?? 'wizard'] ?? []), ...lookFlags, 'help'].map(name => `--${name}`);
	}
	switch (command) {
		case undefined:
			return commands;
		case 'help':
			return commands;
		case 'completion':
			return shells;
		case 'undo':
			return runs(host);
		case 'run':
			return before.includes('--resume') ? runs(host) : [];
		default:
			return [];
	}
}

/** The first word that is no flag and no flag's value. */
const commandAmong = (words: readonly string[]): string | undefined =>
	words.find((word, index) => !word.startsWith('-') && !takesNext(words[index - 1] ?? ''));

/** `--source east`, not `--source=east` and not `--json`. */
function takesNext(word: string): boolean {
	const name = word.replace(/^--/, '');
	const found = Object.entries(flags).find(
		([flag, spec]) => word === `--${flag}` || ('short' in spec && word === `-${spec.short}`),
	);
	return name !== '' && found?.[1].type === 'string';
}

/** undefined: whatever stands there is for the shell to complete. */
async function valuesOf(
	host: Host,
	before: readonly string[],
	flag: string,
): Promise<readonly string[] | undefined> {
	switch (flag) {
		case '--source':
		case '--destination':
			return contexts(host, before);
		case '--practice':
		case '--scenario':
			return Object.keys((await import('pxpair-practice/scenarios')).scenarios);
		case '--existing-credential':
		case '--existing-pair':
			return policies;
		case '-o':
		case '--output':
			return planOutputs;
		case '--run':
			return runs(host);
		case '--storkctl':
			return ['none'];
		default:
			return undefined;
	}
}

async function contexts({ environment }: Host, before: readonly string[]): Promise<readonly string[]> {
	if (before.some(word => /^--practice(=|$)/.test(word))) {
		return ['east', 'west'];
	}
	const named = before.indexOf('--kubeconfig');
	const joined = '--kubeconfig=';
	const file =
		named >= 0 ? before[named + 1] : before.find(word => word.startsWith(joined))?.slice(joined.length);
	const found = await loadKubeconfig({ environment: environment.KUBECONFIG, ...(file && { file }) });
	return found.contexts.map(({ name }) => name);
}

const runs = async ({ environment }: Host): Promise<readonly string[]> =>
	(await listRecords(environment)).filter(({ practice }) => !practice).map(({ id }) => id);
