import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '../../../source/gateways/clock.ts';
import { pairLogin } from '../../../source/gateways/login-facts.ts';
import { openWorld } from '../../../source/gateways/world.ts';
import type { Answers, PairAnswers } from '../../../source/pairing/answers.ts';
import type { Finding } from '../../../source/pairing/finding.ts';
import { pairStatus } from '../../../source/pairing/status/status.ts';
import type { Fault, KubeObject } from '../../../source/practice/contract.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { resources } from '../../../source/practice/resources.ts';
import { answersWith } from '../../helpers/answers.ts';
import { type Ground, openGround } from '../../helpers/ground.ts';
import { stateFolder } from '../../helpers/state-folder.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const both = { back: {} } as const;
const account = { login: 'service-account' } as const;

let ground: Ground;
let fault: Fault | undefined;

beforeAll(async () => {
	ground = await openGround({
		fault: { west: ({ url, user }) => (url === '/version' && user === 'system:anonymous' ? fault : undefined) },
	});
	await using state = await stateFolder();
	const { exitCode, err } = await ground.run(['run', 'answers.yaml', '--both-ways'], state.options);
	expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
});

afterAll(() => ground[Symbol.asyncDispose]());

test('a pair that works: everything that was tried, and nothing else', async () => {
	expect((await look()).map(textOf)).toEqual([]);
});
