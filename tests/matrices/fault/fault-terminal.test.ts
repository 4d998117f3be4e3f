import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Fault, FaultHook, RequestRecord } from '../../../source/practice/contract.ts';
import { answersFor } from '../../helpers/program/ground.ts';
import {
	asItWas,
	asks,
	asProposed,
	clusters,
	givenBack,
	s3With,
	startOnClusters,
} from '../../wizard/start-wizard.ts';
import type { Tally } from '../pool.ts';
import { type FaultName, faults } from './faults.ts';

vi.setConfig({ testTimeout: 240_000 });

const tally: Tally = { tried: 0, passed: 0 };
afterAll(() =>
	console.log(`fault matrix, on a terminal: ${tally.tried} cases tried, ${tally.passed} passed`),
);

const isRun = ({ headers }: RequestRecord) => headers['user-agent'] === 'pxpair';
const isExec = ({ url }: RequestRecord) => url.includes('/exec?');
const isPair = ({ method }: RequestRecord) => method === 'PATCH';
const isVersion = ({ url }: RequestRecord) => url === '/version';

type Row = Readonly<{
	fault: FaultName;
	of: string;
	on: (request: RequestRecord) => boolean;
	exitCode: number;
	says: string;
}>;

const rows: readonly Row[] = [
	{ fault: '401', of: 'everything', on: isRun, exitCode: 1, says: 'rejects the credentials' },
	{ fault: '503', of: 'everything', on: isRun, exitCode: 1, says: 'reports an internal error' },
	{
		fault: 'a web page',
		of: 'the version',
		on: isVersion,
		exitCode: 1,
		says: 'is not a Kubernetes API server',
	},
	{ fault: 'connection refused', of: 'the pair', on: isPair, exitCode: 3, says: 'closed the connection' },
	{ fault: '403', of: 'the pair', on: isPair, exitCode: 3, says: 'denies permission for this' },
	{
		fault: 'an exec that closes without a status',
		of: 'every exec',
		on: isExec,
		exitCode: 1,
		says: 'closed',
	},
];

describe('a run on a terminal', () => {
	test.for(rows)('$fault for $of', async ({ fault, on, exitCode, says }) => {
		tally.tried += 1;
		await using ground = await startOnClusters({
			fault: { east: always(on, faults[fault].fault) },
			args: ['run', 'answers.json'],
			terminal: {
				columns: 200,
				files: { 'answers.json': JSON.stringify(answersFor('s3')) },
				env: { ID: 'id', SECRET: 'secret' },
			},
		});
		const { wizard } = ground;
		expect({ code: (await wizard.exit).code, left: givenBack(wizard) }).toEqual({
			code: exitCode,
			left: asItWas,
		});
		expect(wizard.scrollback().join('\n')).toContain(says);
		tally.passed += 1;
	});
});

test('the wizard gives the terminal back after a run that failed', async () => {
	tally.tried += 1;
	await using ground = await startOnClusters({ fault: { east: always(isPair, faults['403'].fault) } });
	const { wizard } = ground;
	await wizard.converse(
		...clusters,
		...s3With('KEYID', 'SECRET'),
		asProposed,
		[asks.review, 'r'],
		[/denies permission for this/, 'q'],
	);
	expect({ code: (await wizard.exit).code, left: givenBack(wizard) }).toEqual({ code: 3, left: asItWas });
	tally.passed += 1;
});

const always =
	(on: (request: RequestRecord) => boolean, fault: Fault): FaultHook =>
	request =>
		on(request) ? fault : undefined;
