import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { madeIn, standingOf } from '../../source/commands/runs/past-runs.ts';
import { listRecords, readRecord } from '../../source/gateways/machine/recorded.ts';
import { answersFileShape } from '../../source/pairing/answers/answers-shape.ts';
import { callProgram } from '../helpers/program/in-process.ts';
import { forAll, forEach, movesCursor, resultOf } from './matrix.ts';
import { beginningsOf, bombs, mutated, rearranged, strangeText } from './strange.ts';

const record = {
	schema: 'pxpair.record/v2',
	id: '2026-01-01T10-00-00-abcdef',
	version: '0.1.0',
	practice: false,
	answers: {
		apiVersion: 'pxpair/v1',
		source: { context: 'east' },
		destination: { context: 'west' },
		objectStore: {
			provider: 's3',
			accessKeyId: { env: 'AWS_ACCESS_KEY_ID' },
			secretAccessKey: { env: 'AWS_SECRET_ACCESS_KEY' },
			region: 'us-east-1',
			endpoint: 's3.amazonaws.com',
		},
	},
	plan: { title: 'Pair east with west', steps: [{ id: 'a', on: 'source', title: 'Look', changes: null }] },
	uuids: { source: '91d2a7c4-0e57-4e57-8e57-707261630e57' },
	attempts: [
		{
			kind: 'run',
			startedAt: '2026-01-01T10:00:00.000Z',
			events: [
				{ type: 'step-started', step: 'a' },
				{ type: 'step-changing', step: 'a', made: { kind: 'namespace', name: 'apps' } },
				{
					type: 'step-finished',
					step: 'a',
					outcome: { kind: 'changed', made: 'x', evidence: 'y' },
					elapsed: 1,
				},
				{ type: 'run-finished', result: { kind: 'failed', changes: 1, trace: 'none' } },
			],
		},
	],
};
const text = JSON.stringify(record, undefined, '\t');

let folder = '';

export function records(): void {
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pxpair-bad-input-'));
		await mkdir(join(folder, 'pxpair', 'runs'), { recursive: true });
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	forEach('the sample itself is accepted', [text], async sample =>
		expect((await listed(sample)).kind).toBe('accepted'),
	);
	forAll('mutated records', mutated([text]), readAndCheck);
	forAll('rearranged records', rearranged(record), tree => readAndCheck(JSON.stringify(tree)), {
		share: 2,
		found: [
			{
				...record,
				attempts: [{ ...record.attempts[0], events: [{ type: 'run-finished', result: { kind: 'x' } }] }],
			},
			{ ...record, plan: { ...record.plan, title: '\u001B]0;owned\u0007' } },
			{ ...record, id: '..' },
		],
	});
	forEach(
		'beginnings',
		beginningsOf(text).filter((_, index) => index % 5 === 0),
		readAndCheck,
	);
	forEach('bombs', bombs(text), readAndCheck);
	forAll('names of runs', strangeText, async name => {
		const result = await resultOf(() => readRecord(name, { XDG_STATE_HOME: folder }));
		expect(result.kind === 'accepted' ? result.value.id.startsWith(name) : true).toBe(true);
	});
	forAll(
		'a secret in place of its source is refused and not repeated',
		fc.constantFrom('accessKeyId', 'secretAccessKey'),
		async field => {
			const objectStore = { ...record.answers.objectStore, [field]: 'canary' };
			const result = await listed(JSON.stringify({ ...record, answers: { ...record.answers, objectStore } }));
			expect(result.kind).toBe('refused');
		},
		{ share: 0.1 },
	);
}

async function listed(content: string) {
	const path = join(folder, 'pxpair', 'runs', 'x.json');
	await writeFile(path, content);
	return resultOf(() => readRecord(path, {}));
}

async function readAndCheck(content: string): Promise<void> {
	const result = await listed(content);
	const found = await listRecords({ XDG_STATE_HOME: folder });
	expect(found).toHaveLength(result.kind === 'accepted' ? 1 : 0);
	if (result.kind === 'accepted') {
		expect(answersFileShape.parse(result.value.answers)).toEqual(result.value.answers);
		// It is the name of a file.
		expect(result.value.id).toMatch(/^[\w-][\w.-]*$/);
		expect(standingOf(result.value)).toBeTypeOf('string');
		expect(madeIn(result.value)).toBeInstanceOf(Array);
	}
	JSON.parse(await printed('runs', '--json'));
	for (const line of (await printed('runs')).split('\n')) {
		expect(line).not.toMatch(movesCursor);
	}
}

async function printed(...args: readonly string[]): Promise<string> {
	const { out, err } = await callProgram(args, { environment: { XDG_STATE_HOME: folder }, folder });
	return out + err;
}
