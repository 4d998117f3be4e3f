import { defineConfig } from 'vitest/config';

// With CI set, Ink draws nothing until it unmounts; children started by tests inherit this environment.
delete process.env.CI;

export default defineConfig({
	test: {
		include: ['tests/**/*.test.{ts,tsx}'],
		// Files share nothing that matters: a fresh module graph for each would cost more than all the tests.
		pool: 'forks',
		isolate: false,
		maxWorkers: '100%',
		// Without these, each mounted component asks `tput` for the size of the screen.
		env: { COLUMNS: '80', LINES: '24' },
		// Many start processes and servers, and the machine may be busy with others.
		testTimeout: 20_000,
	},
});
