import { afterAll, expect, test, vi } from 'vitest';
import { offersAt } from '../../../source/conversation/offers/offers.ts';
import { wizardStart } from '../../../source/conversation/wizard-reducer.ts';
import { emptyDraft } from '../../../source/pairing/answers/draft.ts';
import { clusterProblem } from '../../../source/pairing/words/problem.ts';
import { keep, replace } from '../../../source/pairing/words/way.ts';
import type { StoredCredential } from '../../../source/practice/pxctl/state.ts';
import { isFull, type Tally, tryAll } from '../pool.ts';
import { openExactGround } from '../undo/exact-ground.ts';
import { type Aspect, type Cell, cells, nameOf, type Way } from './store-cells.ts';
import {
	credentialsOf,
	findingsIn,
	notReplaced,
	readable,
	type Side,
	type Store,
	sides,
	tokenInPair,
	words,
} from './store-ground.ts';
import { tryRotation, writeNewKey } from './store-rotation.ts';

vi.setConfig({ testTimeout: isFull ? 3_600_000 : 300_000 });

const tally: Tally = { tried: 0, passed: 0 };
afterAll(() =>
	console.log(
		`store matrix: ${tally.tried} cases tried, ${tally.passed} passed${isFull ? '' : ' (MATRIX=full tries them all)'}`,
	),
);

test('of a credential that is another one, nothing says that it is as planned', async () => {
	const failures = await tryAll(
		{ workers: 2, tally, first: await openStore(), open: openStore, name: nameOf },
		cells,
		tryCell,
	);
	expect(failures).toEqual([]);
});

/** A pair that exists, with its credential on both clusters. */
async function openStore(): Promise<Store> {
	const ground = await openExactGround({ scenario: 's3' });
	const { code, out } = await ground.call(['run', 'answers.yaml', '--json']);
	const { east, west } = ground.practice.clusters;
	const [onEast] = east.credentials();
	const [onWest] = west.credentials();
	if (code !== 0 || !onEast || !onWest) throw new Error(`it does not pair: ${out}`);
	await writeNewKey(ground.folder);
	return { ...ground, planned: { east: onEast, west: onWest } };
}

async function tryCell(ground: Store, cell: Cell): Promise<readonly string[]> {
	const { aspect, way, place, command, policy } = cell;
	for (const side of sides) {
		const { portworx } = ground.practice.clusters[side];
		portworx.addCredential(
			place.some(changed => changed === side)
				? { ...ground.planned[side], ...changes[aspect]?.[way] }
				: ground.planned[side],
		);
	}
	const isTokenOther = aspect === 'token' && way !== 'same' && place.some(side => side === 'west');
	ground.practice.clusters.west.portworx.setClusterToken(
		isTokenOther ? otherTokens[way] : tokenInPair(ground),
	);
	const flags = [`--existing-credential=${policy}`, '--existing-pair=keep', '--json', '--timeout', '1'];
	const before = credentialsOf(ground);
	if (command === 'rotate') {
		return tryRotation(ground, cell);
	}
	const { code, out } = await ground.call(
		command === 'status'
			? ['status', '--answers', 'answers.yaml', '--json']
			: command === 'check'
				? ['check', 'answers.yaml', ...flags.slice(0, 3)]
				: ['run', 'answers.yaml', ...flags],
	);
	const findings = findingsIn(out);
	const seen = place.flatMap(side => complaints(cell, side, findings));
	const isOther = way === 'different' && readable.has(aspect);
	return [
		...(findings.length === 0 ? [`nothing is said of a credential: ${out.slice(0, 300)}`] : []),
		...seen,
		// Answers of status have a policy of their own.
		...(isOther && policy === 'stop' && command !== 'status' && code === 0
			? ['exit code 0 although it differs']
			: []),
		...(isOther && policy === 'stop' && credentialsOf(ground) !== before
			? ['changed although it stops']
			: []),
		...(command !== 'run' && command !== 'wizard' && credentialsOf(ground) !== before ? ['it changed'] : []),
		...(isOther && policy === 'replace' && (command === 'run' || command === 'wizard')
			? notReplaced(ground)
			: []),
		...(isTokenOther && way === 'different' && code === 0 && command === 'status'
			? ['status says that a pair with an older token is well']
			: []),
		...(command === 'wizard' && isOther && policy === 'stop' ? withoutWayOut(out) : []),
	];
}

const otherTokens: Readonly<Record<Way, string>> = {
	same: '',
	different: 'f'.repeat(128),
	unreadable: 'two words',
};

/** What Portworx has instead, as far as that is a credential's. */
const changes: Readonly<Record<Aspect, Partial<Record<Way, Partial<StoredCredential>>> | undefined>> = {
	provider: { different: { provider: 'azure', account: 'someaccount' }, unreadable: { provider: 'mystery' } },
	account: {
		different: { account: 'AKIASOMEONEELSES0001' },
		unreadable: { account: 'AKIA****************' },
	},
	secret: { different: { fingerprint: '1' }, unreadable: { fingerprint: '2' } },
	region: { different: { region: 'eu-west-1' }, unreadable: { region: '<nil>' } },
	endpoint: { different: { endpoint: 'minio.example:9000' }, unreadable: { endpoint: 's3.am…' } },
	bucket: { different: { bucket: 'someone-elses' }, unreadable: { bucket: 'some…' } },
	token: undefined,
};

/** What is said of that cluster's credential, in the words of whatever was asked. */
function complaints(
	{ aspect, way, policy }: Cell,
	side: Side,
	findings: readonly string[],
): readonly string[] {
	const on = side === 'east' ? 'source' : 'destination';
	const own = findings.filter(text =>
		new RegExp(`credential.*\\b${on}\\b|create-credential/${on}`, 's').test(text),
	);
	const claims = own.filter(text => /as planned/.test(text));
	const silent = claims.filter(text => !/secret[^;"]* not comparable/.test(text));
	// Everything that is told as planned, up to what can't be compared.
	const claimed = claims.flatMap(text =>
		[...text.matchAll(/([^;"]*) as planned/g)].map(([, list = '']) => list),
	);
	if (silent.length > 0) {
		return [`the secret can't be compared, and that is not told: ${silent.join(' | ')}`];
	}
	if (way === 'same' || aspect === 'token') {
		return [];
	}
	if (way === 'different' && readable.has(aspect)) {
		const isTold = findings.some(text => text.includes(`${words[aspect]}: `));
		return [
			...(policy === 'replace' || isTold ? [] : [`${words[aspect]} is not told: ${findings.join(' | ')}`]),
			...(claimed.length > 0 && policy !== 'replace'
				? [`said to be as planned: ${claimed.join(' | ')}`]
				: []),
		];
	}
	return claimed
		.filter(list => list.split(/, | validated by Portworx/).includes(words[aspect]))
		.map(list => `${words[aspect]} can't be known, and is said to be as planned: ${list}`);
}

/** The conversation offers for the same problem what the flags say: to keep it, and to replace it. */
function withoutWayOut(out: string): readonly string[] {
	if (!/"id": ?"credential-differs"/.test(out)) return [`the run tells no problem: ${out.slice(-500)}`];
	const problem = clusterProblem({
		id: 'credential-differs',
		title: 'it differs',
		remedies: [replace('Delete it and create it again', 'credential'), keep('Keep it', 'credential')],
	});
	const offers = offersAt({
		...wizardStart({ draft: { ...emptyDraft, source: 'east', destination: 'west', store: 's3' } }),
		place: { kind: 'run', attempt: 1 },
		live: {
			phase: 'ended',
			run: { rows: [], result: { kind: 'failed', changes: 0, problem, trace: 'none' } },
		},
	}).map(offer => offer.id);
	return ['keep:credential', 'replace:credential'].filter(wanted => !offers.some(found => found === wanted));
}
