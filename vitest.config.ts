import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// With CI set, Ink draws nothing until it unmounts; children started by tests inherit this environment.
delete process.env.CI;

const all = 'tests/**/*.test.{ts,tsx}';
const matrices = 'tests/matrices/**/*.test.ts';
/** What starts practice clusters, servers, shells or the program itself. */
const clusters = [
	'tests/{dialogue,end-to-end,gateways,practice,zoo}/**/*.test.ts',
	'tests/wizard/{conversation,leaving,scenarios,terminals}.test.ts',
	'tests/commands/past-runs.test.ts',
	'tests/plain/pasted-{commands,previews}.test.ts',
	'tests/pairing/preflight/permissions.test.ts',
	'tests/pairing/status/status.test.ts',
	'tests/ui/terminal.test.ts',
	'tests/contributing.test.ts',
];

export default defineConfig({
	test: {
		projects: [
			project('unit', [all], [matrices, ...clusters]),
			project('clusters', clusters),
			project('matrices', [matrices]),
		],
		// Files share nothing that matters: a fresh module graph for each would cost more than all the tests.
		pool: 'forks',
		isolate: false,
		// Half of the time a test waits: for what it has started, or for the time that it is about.
		maxWorkers: Math.ceil(availableParallelism() * 1.5),
		// Without these, each mounted component asks `tput` for the size of the screen.
		env: { COLUMNS: '80', LINES: '24' },
		// Many start processes and servers, and the machine may be busy with others.
		testTimeout: 60_000,
	},
});

function project(name: string, include: string[], exclude: string[] = []) {
	return { extends: true, test: { name, include, exclude } } as const;
}
