import { didYouMean } from '../../pairing/words/did-you-mean.ts';
import type { Command } from './command.ts';
import { check } from './entries/check.ts';
import { completion } from './entries/completion.ts';
import { explain } from './entries/explain.ts';
import { plan } from './entries/plan.ts';
import { practice } from './entries/practice.ts';
import { prove } from './entries/prove.ts';
import { rotate } from './entries/rotate.ts';
import { run } from './entries/run.ts';
import { runs } from './entries/runs.ts';
import { status } from './entries/status.ts';
import { undo } from './entries/undo.ts';
import { wizard } from './entries/wizard.ts';
import { type Flags, Mistake } from './flags.ts';
import { helpOf, overviewOf } from './help.ts';
import { everywhere } from './options.ts';

/** What `pxpair` alone begins. */
export { wizard };

const help: Command = {
	name: 'help',
	summary: 'help for a command; pxpair takes all options of run',
	takes: { name: 'COMMAND', suggest: () => 'commands' },
	flags: {},
	help: { about: 'Tells what a command does and which options it has.', example: 'pxpair help run' },
	read: (_, topic) =>
		topic === undefined || commandNamed(topic) ? { command: 'help', topic } : noCommand(topic),
};

/** Those that are typed, in the order of the help. */
export const commands: readonly Command[] = [
	check,
	plan,
	run,
	status,
	prove,
	runs,
	undo,
	rotate,
	practice,
	explain,
	completion,
	help,
];

export const commandNames: readonly string[] = commands.map(({ name }) => name);

export const commandNamed = (name: string): Command | undefined =>
	[wizard, ...commands].find(known => known.name === name);

/** All that some command knows. A flag is of the same type wherever it is known. */
export const allFlags: Flags = Object.assign(
	{},
	everywhere,
	...[wizard, ...commands].map(({ flags }) => flags),
);

export const noCommand = (name: string): Mistake =>
	new Mistake(`there is no command "${name}"${didYouMean(name, commandNames)}`);

export function helpText(topic: string | undefined): string {
	const about = commands.find(({ name }) => name === topic);
	return about ? helpOf(about) : overviewOf(wizard, commands);
}
