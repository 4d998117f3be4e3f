import { loadKubeconfig } from '../../gateways/kubernetes/kubeconfig.ts';
import { listRecords } from '../../gateways/machine/recorded.ts';
import { isPrintable } from '../../pairing/words/outside-text.ts';
import { forReadline, readBashLine } from './bash-line.ts';
import { allFlags, commandNamed, commandNames, wizard } from './commands.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import type { Flag, Suggestion } from './flags.ts';
import { type Host, printer } from './host.ts';
import { lookFlags } from './options.ts';

/** Prints what could stand in place of the last word, one a line; nothing where a file belongs. Never fails: a shell waits. */
export async function completeCommand(host: Host, words: readonly string[]): Promise<ExitCode> {
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

/** Names that a terminal obeys or no one sees are left out: a line is a candidate, put in as it is. */
async function fitting(host: Host, before: readonly string[], typed: string): Promise<readonly string[]> {
	const found = await candidates(host, before, typed).catch(() => []);
	return found.filter(word => word.startsWith(typed) && isPrintable(word));
}

async function candidates(host: Host, before: readonly string[], typed: string): Promise<readonly string[]> {
	const name = nameAmong(before);
	const { flags = {}, takes } = (name === undefined ? wizard : commandNamed(name)) ?? {};
	const joined = /^(--[\w-]+)=/.exec(typed)?.[1];
	const flag = flagSpelled(joined ?? before.at(-1));
	if (joined !== undefined) {
		// `--practice=` takes what `--scenario` does.
		const valued = flag?.type === 'boolean' && flag.joins ? flagSpelled(`--${flag.joins}`) : flag;
		return (await suggested(host, before, suggestionOf(valued))).map(word => `${joined}=${word}`);
	}
	if (flag?.type === 'string') {
		return suggested(host, before, flag.suggest);
	}
	if (typed.startsWith('-')) {
		return [...Object.keys(flags), ...Object.keys(lookFlags), 'help'].map(name => `--${name}`);
	}
	return suggested(host, before, name === undefined ? 'commands' : takes?.suggest?.(before));
}

/** The first word that is no flag and no flag's value. */
const nameAmong = (words: readonly string[]): string | undefined =>
	words.find((word, index) => !word.startsWith('-') && flagSpelled(words[index - 1])?.type !== 'string');

/** `--source`, `-n`; not `--source=east`. */
const flagSpelled = (word: string | undefined): Flag | undefined =>
	Object.entries(allFlags).find(
		([name, { short }]) => word === `--${name}` || (short !== undefined && word === `-${short}`),
	)?.[1];

const suggestionOf = (flag: Flag | undefined): Suggestion | undefined =>
	flag?.type === 'string' ? flag.suggest : undefined;

/** Nothing: what is there is for the shell to complete. */
async function suggested(
	host: Host,
	before: readonly string[],
	suggestion: Suggestion | undefined,
): Promise<readonly string[]> {
	switch (suggestion) {
		case 'commands':
			return commandNames;
		case 'contexts':
			return contexts(host, before);
		case 'runs':
			return runs(host);
		case 'scenarios':
			return Object.keys((await import('pxpair-practice/scenarios')).scenarios);
		case 'subjects':
			return (await import('../explain.ts')).subjects;
		default:
			return suggestion ?? [];
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
