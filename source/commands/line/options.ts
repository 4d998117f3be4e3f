import { parseArgs } from 'node:util';
import { didYouMean } from '../../pairing/words/did-you-mean.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { commands, flags, flagsOf, lookFlags, type PlanOutput, planOutputs } from './flags.ts';

/** What the command line asks for. */
export type Options =
	| Readonly<{ command: 'help'; topic: string | undefined }>
	| Readonly<{ command: 'version' }>
	| Readonly<{ command: 'wizard'; answers: string | undefined; common: CommonOptions }>
	| Readonly<{
			command: 'run';
			file: string | undefined;
			json: boolean;
			resume: string | undefined;
			/** Ask before each step. */
			step: boolean;
			common: CommonOptions;
	  }>
	| Readonly<{ command: 'runs'; json: boolean }>
	| Readonly<{
			command: 'undo';
			run: string | undefined;
			json: boolean;
			yes: boolean;
			force: boolean;
			/** Show it, and do nothing. */
			plan: boolean;
			common: CommonOptions;
	  }>
	| Readonly<{
			command: 'status';
			json: boolean;
			subject: StatusSubject;
			watching: Watching;
			common: CommonOptions;
	  }>
	| Readonly<{ command: 'check'; file: string | undefined; json: boolean; common: CommonOptions }>
	| Readonly<{ command: 'drift'; against: string; json: boolean; common: CommonOptions }>
	| Readonly<{ command: 'plan'; file: string | undefined; output: PlanOutput; common: CommonOptions }>
	| Readonly<{
			command: 'practice';
			scenario: string | undefined;
			kubeconfig: string | undefined;
			list: boolean;
	  }>
	| Readonly<{ command: 'completion'; shell: Shell }>
	/** What could stand where the last of the words is being typed: asked by the shells' own scripts. */
	| Readonly<{ command: 'complete'; words: readonly string[] }>
	| Readonly<{ command: 'complete-line'; line: string; breaks: string }>
	| Readonly<{ command: 'mistake'; message: string }>;

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** Which pair, and whose answers it was made with. */
export type StatusSubject = Readonly<{
	name: string | undefined;
	namespace: string | undefined;
	run: string | undefined;
	answers: string | undefined;
}>;

/** How the status is kept an eye on. */
export type Watching = Readonly<{
	/** Look again every half minute, until Ctrl-C. */
	watch: boolean;
	/** A file for node_exporter's textfile collector. */
	prometheus: string | undefined;
	/** Milliseconds: a login that expires sooner gives the exit code 4. */
	expiry: number | undefined;
}>;

export type CommonOptions = Readonly<{
	/** undefined: real clusters. */
	practice: Readonly<{ scenario: string | undefined }> | undefined;
	kubeconfig: string | undefined;
	storkctl: string | undefined;
	source: string | undefined;
	destination: string | undefined;
	existingCredential: string | undefined;
	existingPair: string | undefined;
	patienceSeconds: number | undefined;
	/** Pair destination → source as well. */
	bothWays: boolean;
	/** The pair carries a ServiceAccount's token instead of the context's credentials. */
	serviceAccount: boolean;
	/** Where the source reaches the destination's API server. */
	server: string | undefined;
	/** Ids of problems to warn of only. */
	ignore: readonly string[];
}>;

/** How the shells' scripts ask. */
export const completing = '__complete';
export const completingLine = '__complete-line';

/** Never throws: what cannot be read is a `mistake` with a sentence that says what to do. */
export function parseOptions(argv: readonly string[]): Options {
	if (argv[0] === completing) {
		return { command: 'complete', words: argv.slice(1) };
	}
	if (argv[0] === completingLine) {
		const [, line = '', breaks = ''] = argv;
		return { command: 'complete-line', line, breaks };
	}
	// `--practice=NAME` is `--practice --scenario=NAME`: node:util knows no flag with an optional value.
	const args = argv.flatMap(arg =>
		arg.startsWith('--practice=') ? ['--practice', `--scenario=${arg.slice(11)}`] : arg,
	);
	const parsed = parseArgs({ args, options: flags, allowPositionals: true, strict: false, tokens: true });
	const [command = 'wizard', file, ...rest] = parsed.positionals;
	const known = Object.hasOwn(flagsOf, command) ? flagsOf[command] : undefined;
	if (!known) {
		return mistake(`there is no command "${command}"${didYouMean(command, commands)}`);
	}
	for (const token of parsed.tokens) {
		if (token.kind !== 'option') {
			continue;
		}
		// `--kubeconfig --json` is a value forgotten, not a file of that name; who means it writes `=`.
		const isForgotten = token.inlineValue === false && token.value.startsWith('-') && token.value !== '-';
		const value = isForgotten ? undefined : token.value;
		const wrong = wrongFlag(token.name, token.rawName, value, command, known);
		if (wrong) {
			return wrong;
		}
	}
	const { values } = parsed;
	if (values.version) {
		return { command: 'version' };
	}
	if (command === 'help' && file !== undefined && !Object.hasOwn(flagsOf, file)) {
		return mistake(`there is no command "${file}"${didYouMean(file, commands)}`);
	}
	if (values.help || command === 'help') {
		return { command: 'help', topic: command === 'help' ? file : command === 'wizard' ? undefined : command };
	}
	if (rest.length > 0 || (command === 'practice' && file !== undefined)) {
		return mistake(`"${rest[0] ?? file}" is one argument too many`);
	}
	if (command === 'completion') {
		const shell = shells.find(name => name === file);
		return shell
			? { command, shell }
			: mistake(`completion is for ${shells.join(', ')}: say which${didYouMean(file ?? '', shells)}`);
	}
	const text = (name: string): string | undefined =>
		typeof values[name] === 'string' ? values[name] : undefined;
	if (command === 'practice') {
		const list = values.list === true;
		return { command, scenario: text('scenario'), kubeconfig: text('kubeconfig'), list };
	}
	const timeout = text('timeout');
	const patienceSeconds =
		timeout === undefined ? undefined : /^\d{1,5}$/.test(timeout) ? Number(timeout) : Number.NaN;
	if (
		patienceSeconds !== undefined &&
		!(Number.isInteger(patienceSeconds) && patienceSeconds > 0 && patienceSeconds <= 86_400)
	) {
		return mistake(`--timeout takes whole seconds from 1 to 86400, not "${timeout}"`);
	}
	const common: CommonOptions = {
		practice: values.practice || text('scenario') ? { scenario: text('scenario') } : undefined,
		kubeconfig: text('kubeconfig'),
		storkctl: text('storkctl'),
		source: text('source'),
		destination: text('destination'),
		existingCredential: text('existing-credential'),
		existingPair: text('existing-pair'),
		patienceSeconds,
		bothWays: values['both-ways'] === true,
		serviceAccount: values['service-account'] === true,
		server: text('server'),
		ignore: (text('ignore') ?? '').split(',').filter(Boolean),
	};
	switch (command) {
		case 'run': {
			const json = values.json === true;
			const step = values.step === true;
			if (json && step) {
				return mistake('--step asks before each step, and --json is for programs: name one');
			}
			// What stands behind `--resume` is the name of a run.
			return values.resume === true
				? { command, file: undefined, resume: file ?? '', json, step, common }
				: { command, file, resume: undefined, json, step, common };
		}
		case 'runs':
			return file === undefined
				? { command, json: values.json === true }
				: mistake(`"${file}" is one argument too many`);
		case 'status': {
			const subject = {
				name: file,
				namespace: text('namespace'),
				run: text('run'),
				answers: text('answers'),
			};
			if (subject.run !== undefined && subject.answers !== undefined) {
				return mistake('--run and --answers both say what the pair was made with: name one');
			}
			const expiry = durationOf(text('expiry'));
			if (Number.isNaN(expiry)) {
				return mistake(`--expiry takes a number with d or h, such as 14d, not "${text('expiry')}"`);
			}
			const watching = { watch: values.watch === true, prometheus: text('prometheus'), expiry };
			const isOfAll = Object.values(subject).every(value => value === undefined);
			return watching.prometheus !== undefined && !isOfAll
				? mistake(
						'--prometheus writes all pairs of two clusters: leave out NAME, --namespace, --run and --answers',
					)
				: { command, json: values.json === true, subject, watching, common };
		}
		case 'undo': {
			const is = (name: 'json' | 'yes' | 'force' | 'plan') => values[name] === true;
			return {
				command,
				run: file,
				json: is('json'),
				yes: is('yes'),
				force: is('force'),
				plan: is('plan'),
				common,
			};
		}
		case 'check': {
			const against = text('against');
			if (against !== undefined && file !== undefined) {
				return mistake('--against names the answers file or the run: leave out FILE');
			}
			const json = values.json === true;
			return against === undefined
				? { command, file, json, common }
				: { command: 'drift', against, json, common };
		}
		case 'plan': {
			const output = values.json ? 'json' : (text('output') ?? 'text');
			const found = planOutputs.find(name => name === output);
			return found
				? { command, file, output: found, common }
				: mistake(`-o takes ${planOutputs.join(', ')}, not "${output}"${didYouMean(output, planOutputs)}`);
		}
		default:
			return { command: 'wizard', answers: text('answers'), common };
	}
}

/** Milliseconds; NaN when it is none. */
function durationOf(text: string | undefined): number | undefined {
	if (text === undefined) {
		return undefined;
	}
	const [, count, unit] = /^(\d{1,5})([dh])$/.exec(text) ?? [];
	return count === undefined ? Number.NaN : Number(count) * (unit === 'd' ? 24 : 1) * 3_600_000;
}

function wrongFlag(
	name: string,
	rawName: string,
	value: string | undefined,
	command: string,
	known: readonly string[],
): Options | undefined {
	const flag = Object.entries(flags).find(([flagName]) => flagName === name)?.[1];
	if (!flag) {
		return mistake(`there is no option ${rawName}${didYouMean(name, Object.keys(flags), '--')}`);
	}
	if (![...known, ...lookFlags].includes(name) && name !== 'help' && name !== 'version') {
		return mistake(
			`${rawName} does not go with ${command === 'wizard' ? 'pxpair alone' : `pxpair ${command}`}`,
		);
	}
	if (flag.type === 'string' && (value === undefined || value === '')) {
		return mistake(`${rawName} needs a value`);
	}
	return flag.type === 'boolean' && value !== undefined ? mistake(`${rawName} takes no value`) : undefined;
}

const mistake = (message: string): Options => ({
	command: 'mistake',
	message: outsideText(message),
});
