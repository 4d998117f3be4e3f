import { expect, test } from 'vitest';
import { exposures } from '../../source/commands/line/exposures.ts';

test.each([
	[{}, [], []],
	[{ NODE_OPTIONS: '--max-old-space-size=400 --no-warnings' }, ['--enable-source-maps'], []],
	[
		{ NODE_OPTIONS: '--max-old-space-size=400 --inspect=0.0.0.0:1' },
		[],
		[/^--inspect in NODE_OPTIONS lets other programs/],
	],
	[{}, ['--inspect-brk'], [/^--inspect-brk lets/]],
	[{ NODE_OPTIONS: '--heapsnapshot_signal=SIGUSR2' }, [], [/^--heapsnapshot-signal in NODE_OPTIONS writes/]],
	[{ NODE_OPTIONS: '-r ./hook.cjs' }, [], [/^-r in NODE_OPTIONS runs other code/]],
	[
		{ NODE_OPTIONS: '--import=data:text/javascript,x' },
		['--report-on-signal'],
		[/^--report/, /^--import in/],
	],
	[{ NODE_DEBUG: 'http' }, ['--tls-keylog=/tmp/keys'], [/^--tls-keylog writes/, /^NODE_DEBUG prints/]],
] as const)('%j with %j', (environment, flags, expected) => {
	expect(exposures(environment, flags)).toEqual(expected.map(pattern => expect.stringMatching(pattern)));
});
