import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { outputJsonSchema, outputShapes } from '../../helpers/pages/output-shapes.ts';
import { type Ground, openGround } from '../../helpers/program/ground.ts';
import type { RunOptions } from '../../helpers/program/program.ts';

vi.setConfig({ testTimeout: 120_000 });

test('the published schema is the one that outputs are held to: npm run schema writes it', () => {
	const published: unknown = JSON.parse(readFileSync('docs/output.schema.json', 'utf8'));
	expect(published).toEqual(JSON.parse(JSON.stringify(outputJsonSchema())));
});

describe.concurrent('no field goes out that the schema does not describe:', () => {
	test('plan, check, a run that pairs, status, runs and its undoing', async () => {
		await using ground = await openGround({ answers: { pair: { login: 'service-account', back: {} } } });
		await whole(ground, 'plan', ['plan', 'answers.yaml', '--json']);
		await whole(ground, 'check', ['check', 'answers.yaml', '--json']);
		await lines(ground, ['run', 'answers.yaml', '--json']);
		await lines(ground, ['run', 'answers.yaml', '--json']);
		await whole(ground, 'status', ['status', 'remotecluster', '--json', '--both-ways']);
		await whole(ground, 'pairs', ['status', '--json', '--source=east', '--destination=west']);
		await whole(ground, 'drift', ['check', '--against', 'answers.yaml', '--json']);
		await whole(ground, 'runs', ['runs', '--json']);
		await whole(ground, 'undoPlan', ['undo', '--plan', '--json']);
		const undone = await lines(ground, ['undo', '--yes', '--json']);
		expect(undone.filter(line => line.includes('"undone"')).length).toBeGreaterThan(0);
		await records(ground, 2);
	});

	test('a run that fails where a person may choose', async () => {
		await using ground = await openGround({ scenario: 'pair-differs' });
		const told = await lines(ground, ['run', 'answers.yaml', '--json', '--ignore=pair-differs']);
		expect(told.at(-1)).toContain('"kind":"existing","subject":"pair","policy":"replace"');
		await records(ground, 1);
	});

	test('a run that fails after changes', async () => {
		await using ground = await openGround({ scenario: 'token-reset', storkInterval: 100 });
		const told = await lines(ground, ['run', 'answers.yaml', '--json', '--timeout=1']);
		expect(told.at(-1)).toMatch(/"kind":"failed","changes":[1-9]/);
		await records(ground, 1);
	});

	test('a run that is stopped', async () => {
		await using ground = await openGround({ storkPause: 60_000 });
		const told = await lines(ground, ['run', 'answers.yaml', '--json'], {
			async during({ said, signal }) {
				await said('"step-started","step":"wait-until-ready');
				signal('SIGINT');
			},
		});
		expect(told.at(-1)).toContain('"kind":"cancelled"');
		await records(ground, 1);
	});

	test.for([
		'forbidden',
		'login-plugin',
		'undecodable-pair',
		'clock-off',
		'no-portworx',
		'essentials-license',
	])('what a check finds of %s', async scenario => {
		await using ground = await openGround();
		// Variables that no answers name are a login plugin's to read, and here they hold canaries.
		const found = await whole(ground, 'check', ['check', `--practice=${scenario}`, '--json'], noSecrets);
		expect(found).toMatch(/"level": "(error|warning)"/);
		await whole(ground, 'plan', ['plan', 'answers.yaml', `--practice=${scenario}`, '--json']);
	});

	test('a problem in place of each', async () => {
		await using ground = await openGround();
		for (const args of [
			['run', 'none.yaml', '--json'],
			['plan', 'none.yaml', '--json'],
			['check', 'none.yaml', '--json'],
			['status', '--json', '--source=east', '--destination=north'],
			['status', 'none', '--json'],
			['undo', '--json'],
			['undo', '--plan', '--json'],
		]) {
			await whole(ground, 'refused', args);
		}
	});
});

type Kind = keyof typeof outputShapes;

const noSecrets = { env: { ID: undefined, SECRET: undefined } };

async function whole(
	ground: Ground,
	kind: Kind,
	args: readonly string[],
	options: RunOptions = {},
): Promise<string> {
	const { out } = await ground.run(args, options);
	const text = out.join('\n');
	fits(kind, text);
	return text;
}

async function lines(
	ground: Ground,
	args: readonly string[],
	options: RunOptions = {},
): Promise<readonly string[]> {
	const { out } = await ground.run(args, options);
	expect(out.length).toBeGreaterThan(1);
	for (const line of out) fits('run', line);
	return out;
}

async function records({ sandbox }: Ground, howMany: number): Promise<void> {
	const found = [...(await sandbox.records()).values()];
	expect(found).toHaveLength(howMany);
	for (const record of found) fits('record', record);
}

function fits(kind: Kind, text: string): void {
	const { success, error } = outputShapes[kind].safeParse(JSON.parse(text));
	expect({ success, why: error?.message, text: success ? '' : text }).toEqual({
		success: true,
		why: undefined,
		text: '',
	});
}
