import { systemClock } from '../../gateways/machine/clock.ts';
import type { SecretPrograms } from '../../gateways/machine/secret-command.ts';
import type { Terminal } from '../../gateways/machine/terminal.ts';
import type { StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { rarer, withSignsOfLife } from '../../plain/signs-of-life.ts';
import { type Host, printer } from '../line/host.ts';

/** How programs that print a secret are run: without the variables that hold other secrets of this pairing. */
export const secretPrograms = (
	host: Host,
	store: Partial<StoreInFile> | undefined,
	terminal: Terminal | undefined,
): SecretPrograms => ({
	terminal,
	environment: without(host.environment, secretVariablesOf(store)),
	signal: host.stop,
	during: (program, work) =>
		withSignsOfLife(
			systemClock,
			rarer(5),
			seconds => printer(host.err)(`Waiting for ${program}… ${seconds} s`),
			work,
		),
});

/** Environment variables that hold secrets: programs that are started must not inherit them. */
export const secretVariablesOf = (store: Partial<StoreInFile> | undefined): readonly string[] =>
	Object.values(store ?? {}).flatMap(field => (typeof field === 'object' && 'env' in field ? field.env : []));

export const without = (environment: Host['environment'], names: readonly string[]): Host['environment'] =>
	Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));
