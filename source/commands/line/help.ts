import type { Command } from './command.ts';
import type { Flag } from './flags.ts';
import { everywhere } from './options.ts';

const width = 80;
/** Where what a flag does begins. */
const column = 34;

export function helpOf(command: Command): string {
	const { takes, flags, help } = command;
	const called = `${callOf(command)}${Object.keys(flags).length > 0 ? ' [options]' : ''}`;
	const first = takes?.about
		? `${called.padEnd(column - 4)}  ${takes.name.replace(/\W/g, '')}: ${takes.about}`
		: called;
	return text(
		[first, ...(help.or ?? [])],
		filled(help.about.split(' '), ' '),
		flagLines(Object.entries(flags)),
		help.exit ? filled(`Exit: ${help.exit}`.split(' '), ' ', ' '.repeat(6)) : [],
		[`  ${help.example}`],
	);
}

export const overviewOf = (wizard: Command, commands: readonly Command[]): string =>
	text(
		[wizard.help.about],
		[wizard, ...commands].map(command => `  ${callOf(command).padEnd(26)} ${command.summary}`),
		[
			...flagLines(Object.entries(wizard.flags).filter(([, { does }]) => does !== undefined)),
			...flagLines(Object.entries(everywhere)),
		],
		[`Try it without any cluster:  ${wizard.help.example}`],
	);

const callOf = ({ name, usage, takes }: Command): string =>
	usage ?? `pxpair ${name}${takes ? ` ${takes.name}` : ''}`;

const text = (...paragraphs: readonly (readonly string[])[]): string =>
	`${paragraphs
		.filter(lines => lines.length > 0)
		.map(lines => lines.join('\n'))
		.join('\n\n')}\n`;

/** Those with a line of their own, then the others. */
function flagLines(flags: readonly (readonly [string, Flag])[]): readonly string[] {
	const listed = flags.filter(([, { isUnlisted }]) => !isUnlisted);
	const told = listed.flatMap(([name, flag]) =>
		flag.does === undefined ? [] : lineOf(spelled(name, flag), flag.does),
	);
	const brief = listed
		.filter(([, { does }]) => does === undefined)
		.map(([name, flag]) => spelled(name, flag));
	return [...told, ...(brief.length > 0 ? filled(['', ...brief], '  ', '  ') : [])];
}

const lineOf = (flag: string, does: string): readonly string[] =>
	filled([`  ${flag}`.padEnd(column - 1), ...does.split(' ')], ' ', ' '.repeat(column));

function spelled(name: string, flag: Flag): string {
	const short = flag.short ? `-${flag.short}, ` : '';
	const value =
		flag.type === 'string' ? ` ${flag.value}` : flag.joins ? `[=${flag.joins.toUpperCase()}]` : '';
	return `${short}--${name}${value}`;
}

/** Lines as long as fits; no word is split. */
function filled(words: readonly string[], gap: string, indent = ''): readonly string[] {
	const lines: string[] = [];
	for (const word of words) {
		const longer = lines.length === 0 ? word : `${lines.at(-1)}${gap}${word}`;
		if (lines.length === 0 || longer.length > width) {
			lines.push(lines.length === 0 ? word : indent + word);
		} else {
			lines[lines.length - 1] = longer;
		}
	}
	return lines;
}
