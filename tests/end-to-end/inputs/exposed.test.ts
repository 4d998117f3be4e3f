import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { openGround } from '../../helpers/program/ground.ts';
import { isExecutable, programStart } from '../../helpers/program/under-test.ts';
import { asks, keys, startOnClusters } from '../../wizard/start-wizard.ts';

vi.setConfig({ testTimeout: 120_000 });

const env = { NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2' };
const warning = 'Warning: Node.js is set up to show what pxpair holds in memory';

if (isExecutable) {
	test('what NODE_OPTIONS says of another Node.js is neither done nor told, in check and run', async () => {
		await using ground = await openGround();
		for (const command of ['check', 'run']) {
			const told = await ground.run([command, 'answers.yaml', '--json'], { env });
			expect(told).toMatchObject({ exitCode: 0, err: [] });
		}
	});

	test('the wizard does not ask, and the signal has it write no memory to a file', async () => {
		await using ground = await startOnClusters({ terminal: { env } });
		const { wizard } = ground;
		await wizard.converse([asks.source, keys.enter], [asks.destination]);
		expect(wizard.output()).not.toContain(warning);
		wizard.kill('SIGUSR2');
		expect((await wizard.exit).signal).toBe(constants.signals.SIGUSR2);
		expect(await readdir(wizard.work)).toEqual([]);
	});
} else {
	test('that Node.js would write the keys to a file is said, in check and run', async () => {
		await using ground = await openGround();
		for (const command of ['check', 'run']) {
			const told = await ground.run([command, 'answers.yaml', '--json'], { env });
			expect(told.exitCode).toBe(0);
			expect(told.err.slice(0, 3)).toEqual([
				warning,
				'  --heapsnapshot-signal in NODE_OPTIONS writes its memory to a file, and the keys in it',
				'  → Start pxpair again without it.',
			]);
		}
	});

	test('the wizard asks before it goes on', async () => {
		await using left = await startOnClusters({ terminal: { env } });
		await left.wizard.converse([warning], ['Continue anyway? [y/N]', '\r']);
		expect((await left.wizard.exit).code).toBe(130);
		await using ground = await startOnClusters({ terminal: { env } });
		await ground.wizard.converse(['Continue anyway? [y/N]', 'y', '\r'], [asks.source, '\u0003']);
		expect((await ground.wizard.exit).code).toBe(130);
	});
}

test('standard input without end is refused', async () => {
	const child = spawn(...programStart(['plan', '-']), { stdio: ['pipe', 'ignore', 'pipe'] });
	const err = text(child.stderr);
	child.stdin.on('error', () => {});
	const pour = () => {
		while (!child.stdin.destroyed && child.stdin.write('# a\n'.repeat(10_000))) {}
	};
	child.stdin.on('drain', pour);
	pour();
	const [code] = await once(child, 'exit');
	child.stdin.destroy();
	expect(code).toBe(2);
	expect(await err).toContain("pxpair: Standard input can't be read\n  it is larger than 8 MiB\n");
});
