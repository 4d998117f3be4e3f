import { describe, expect, test } from 'vitest';
import { commands, flagsOf } from '../../source/commands/flags.ts';
import { helpText } from '../../source/commands/help.ts';
import { parseOptions } from '../../source/commands/options.ts';

/** `help` is the overview, which is also the help of pxpair alone. */
const topics = ['wizard', ...commands.filter(command => command !== 'help')];

/** Not worth a line everywhere: --practice=NAME is the same in fewer letters. */
const unnamed = ['scenario'];

describe.each(topics)('the help of %s', topic => {
	const text = helpText(topic === 'wizard' ? undefined : topic);
	const lines = text.trimEnd().split('\n');

	test('fits a screen of 80 by 24, and leaves a row for the prompt', () => {
		expect(lines.length).toBeLessThanOrEqual(23);
		expect(lines.filter(line => line.length > 80)).toEqual([]);
	});

	test('ends with an example that can be typed as it stands', () => {
		const [, args] = / {2}(?:source <\()?pxpair ([^)]+)\)?$/.exec(lines.at(-1) ?? '') ?? [];
		expect(args).toBeDefined();
		expect(args).not.toMatch(/[A-Z[|]/);
		expect(parseOptions((args ?? '').split(' '))).not.toHaveProperty('message');
	});

	test('names each flag that the command takes, and no other', () => {
		const takes = (flagsOf[topic] ?? []).filter(flag => !unnamed.includes(flag));
		const names = new Set(
			[...text.matchAll(/(?<![\w-])(?:--([a-z-]+)|-o\b)/g)].map(([, name]) => name ?? 'output'),
		);
		expect(takes.filter(flag => !names.has(flag))).toEqual([]);
		expect(
			[...names].filter(
				flag =>
					!(
						flagsOf[topic]?.includes(flag) ||
						(topic === 'wizard' && ['help', 'version', 'resume'].includes(flag))
					),
			),
		).toEqual([]);
	});
});
