import { expect, test } from 'vitest';
import { type Answers, defaultPair } from '../../../source/pairing/answers/answers.ts';
import type { PortworxFacts } from '../../../source/pairing/clusters/cluster.ts';
import { clockFindings, versionFindings } from '../../../source/pairing/preflight/alike.ts';
import { portworxFindings } from '../../../source/pairing/preflight/portworx.ts';
import { type Finding, problemsAmong, withoutMet } from '../../../source/pairing/words/finding.ts';
import { answersWith, stores } from '../../helpers/answers.ts';
import { clusterWith, type Otherwise, refused, uuids, worldWith } from '../hand-made-world.ts';

const healthy: PortworxFacts = {
	install: 'operator',
	namespace: 'portworx',
	pods: [{ namespace: 'portworx', name: 'px-1' }],
	podCount: 1,
	version: '3.1.6',
	phase: 'Running',
	secured: false,
	startPort: 9001,
};
const dr = { ...defaultPair, mode: 'DisasterRecovery' } as const;
const { storageClass: _class, ...plainS3 } = stores.s3;

test('what is known of a healthy one', async () => {
	expect(await findings({})).toEqual([
		{
			level: 'fact',
			topic: 'portworx',
			id: 'portworx',
			on: 'source',
			text: 'Portworx 3.1.6 (operator install) in portworx, 1 of 1 pods Ready, using px-1 (the first Ready one by name), phase Running, ports from 9001, PX-Security off',
		},
		{
			level: 'fact',
			topic: 'portworx',
			id: 'portworx-uuid',
			on: 'source',
			text: `Cluster UUID ${uuids.source}`,
		},
		{ level: 'fact', topic: 'portworx', id: 'license', on: 'source', text: 'License PX-Enterprise' },
	]);
});

test('what is not known is left out', async () => {
	const { version: _version, phase: _phase, ...bare } = healthy;
	const found = await findings({
		portworx: { ...bare, install: 'daemonset', secured: true },
		license: undefined,
	});
	expect(found.map(finding => finding.level === 'fact' && finding.text)).toEqual([
		'Portworx (daemonset install) in portworx, 1 of 1 pods Ready, using px-1 (the first Ready one by name), ports from 9001, PX-Security on',
		`Cluster UUID ${uuids.source}`,
	]);
});

test('where it keeps secrets', async () => {
	const found = await findings({ portworx: { ...healthy, secretsProvider: 'vault' } });
	expect(JSON.stringify(found)).toContain('secrets in vault');
});

type Odd = Readonly<{
	portworx?: Partial<PortworxFacts>;
	license?: string | undefined;
	state?: string;
	answers?: Answers;
}>;

test.each<[string, Odd, string[]]>([
	['a pod that is not Ready', { portworx: { podCount: 3 } }, ['warning portworx-partly-ready']],
	['Online, as older operators say', { portworx: { phase: 'Online' } }, []],
	['Degraded', { portworx: { phase: 'Degraded' } }, ['warning portworx-phase']],
	['1.9.9', { portworx: { version: '1.9.9' }, answers: plain() }, ['error portworx-too-old']],
	['2.0.0', { portworx: { version: '2.0.0' }, answers: plain() }, []],
	['2.5.2 and a storage class, which is told elsewhere', { portworx: { version: '2.5.2' } }, []],
	['a version no one can read', { portworx: { version: 'edge' } }, []],
	['PX-Essential, to migrate', { license: 'PX-Essential' }, ['warning license-without-dr']],
	[
		'PX-Essential, for disaster recovery',
		{ license: 'PX-Essential', answers: answersWith({ pair: dr }) },
		['error license-without-dr'],
	],
	['PX-Enterprise, for disaster recovery', { answers: answersWith({ pair: dr }) }, []],
	['a trial of 15 days', { license: 'Trial (expires in 15 days)' }, []],
	['a trial of 14 days', { license: 'Trial (expires in 14 days)' }, ['warning license-ending']],
	['a trial of a day', { license: 'Trial (expires in 1 day)' }, ['warning license-ending']],
	['a trial of hours', { license: 'Trial (expires in 15 hours)' }, ['warning license-ending']],
	['a trial of minutes', { license: 'Trial (expires in 5 minutes)' }, ['warning license-ending']],
	['a trial until tonight', { license: 'Trial (expires today)' }, ['warning license-ending']],
	['a trial that is over', { license: 'Trial (expired)' }, ['error license-ended']],
	['a license that was over', { license: 'PX-Enterprise (expired 3 days ago)' }, ['error license-ended']],
	['a lease', { license: 'PX-Enterprise (lease renewal in 23h, 31m)' }, []],
	['no quorum', { state: 'PX is not in quorum' }, ['error portworx-not-running']],
	['storage down', { state: 'PX storage down' }, ['error portworx-not-running']],
	['a phase Failed', { portworx: { phase: 'Failed', condition: 'no kvdb' } }, ['error portworx-phase']],
	['a phase Initializing', { portworx: { phase: 'Initializing' } }, ['warning portworx-phase']],
	['a phase Uninstalling', { portworx: { phase: 'Uninstalling' } }, ['error portworx-being-removed']],
	[
		'a deletion',
		{ portworx: { phase: 'Running', deletedSince: '2026-11-27T20:00:00Z' } },
		['error portworx-being-removed'],
	],
	['one beside it', { portworx: { leftAside: ['kube-system/px-old'] } }, ['warning portworx-left-aside']],
])('%s', async (_, odd, told) => {
	const found = await findings(odd);
	expect(found.flatMap(lineOf)).toEqual(told);
	for (const finding of found) {
		expect(finding.level === 'fact' || finding.problem).toEqual(
			finding.level === 'fact' ||
				expect.objectContaining({ side: 'source', kind: 'cluster', evidence: expect.any(String) }),
		);
	}
});

test.each<[Partial<PortworxFacts>, string, string]>([
	[{ phase: 'online' }, '', ''],
	[{ phase: 'RUNNING' }, '', ''],
	[{ phase: 'degraded' }, 'warning', 'Portworx is degraded on the source'],
	[{ phase: 'initializing' }, 'warning', 'Portworx is still starting on the source'],
	[{ phase: 'Unknown' }, 'warning', 'The state of Portworx is unknown on the source'],
	[{ phase: 'failed' }, 'error', 'Portworx has failed on the source'],
	[{ phase: 'Offline' }, 'error', 'Portworx is offline on the source'],
	[{ phase: 'NotInQuorum' }, 'error', 'Portworx is not in quorum on the source'],
	[{ phase: 'Upgrading' }, 'warning', 'Portworx is in phase Upgrading on the source'],
	[{ phase: 'uninstalling' }, 'error', 'Portworx is being removed from the source'],
	[{ isUnclaimed: true }, 'error', 'Portworx is being removed from the source'],
])('what the StorageCluster says is told as it is: %o', async (portworx, level, title) => {
	const [first] = (await findings({ portworx })).filter(one => one.level !== 'fact');
	expect([first?.level ?? '', first?.problem.title ?? '']).toEqual([level, title]);
});

test('each of several beside it is told: none passes for another', async () => {
	const leftAside = [
		'kube-system/px-old (being deleted since 2026-11-01T00:00:00Z)',
		'px3/b (storage disabled)',
	];
	const found = await findings({ portworx: { leftAside } });
	expect(problemsAmong(withoutMet(found, []))).toMatchObject(
		leftAside.map(evidence => ({
			title: 'The source has a StorageCluster that is not used',
			evidence,
		})),
	);
});

test.each<[string, string | undefined, string | undefined, boolean]>([
	['the same', '3.1.6', '3.1.6', false],
	['another patch', '3.1.6', '3.1.2', false],
	['another minor', '3.1.6', '3.0.6', true],
	['another major', '3.1.6', '2.1.6', true],
	['one unknown', '3.1.6', undefined, false],
])('versions: %s', async (_, source, destination, differ) => {
	const world = worldWith({ source: ofVersion(source), destination: ofVersion(destination) });
	expect((await versionFindings(world)).flatMap(lineOf)).toEqual(
		differ ? ['warning portworx-versions-differ'] : [],
	);
});

test('versions: a cluster that says nothing is no finding here', async () => {
	const portworx = () => Promise.reject(refused('connection-refused'));
	expect(await versionFindings(worldWith({ source: { discovery: { portworx } } }))).toEqual([]);
});

const minutes = 60_000;

test.each<[string, number, number, number, string[]]>([
	['the same', 0, 0, 10, ['Clocks differ by 0 s']],
	['a little', 20_000, -5000, 10, ['Clocks differ by 25 s']],
	['as much as cannot be told', 35_000, 0, 5000, ['Clocks differ by 35 s']],
	['the source, ahead', 40_000, 0, 5000, ['warning source 40 s ahead, ±5 s']],
	['the source, by 20 minutes', 20 * minutes, 0, 10, ['error source 1200 s ahead, ±1 s']],
	['the destination, behind', 0, -2 * minutes, 10, ['warning destination 120 s behind, ±1 s']],
	['the destination, by 20 minutes', 0, -20 * minutes, 10, ['error destination 1200 s behind, ±1 s']],
	[
		'both',
		15 * minutes + 10,
		-15 * minutes,
		10,
		['error source 900 s ahead, ±1 s', 'warning destination 900 s behind, ±1 s'],
	],
])('clocks: %s', async (_, source, destination, uncertainty, told) => {
	const clock = (ahead: number): Otherwise => ({ podView: { clock: async () => ({ ahead, uncertainty }) } });
	const found = await clockFindings(worldWith({ source: clock(source), destination: clock(destination) }));
	expect(
		found.map(finding =>
			finding.level === 'fact'
				? finding.text
				: `${finding.level} ${finding.problem.side} ${finding.problem.evidence}`,
		),
	).toEqual(told);
	expect(found.filter(finding => finding.level !== 'fact' && finding.problem.id !== 'clock-off')).toEqual([]);
});

test('clocks: one that cannot be read does not keep the other from being judged', async () => {
	const world = worldWith({
		source: { podView: { clock: () => Promise.reject(refused('forbidden')) } },
		destination: { podView: { clock: async () => ({ ahead: 20 * minutes, uncertainty: 0 }) } },
	});
	expect((await clockFindings(world)).flatMap(lineOf)).toEqual(['error clock-off']);
});

const findings = ({ portworx = {}, answers = answersWith(), ...odd }: Odd) =>
	portworxFindings(
		clusterWith('source', {
			discovery: {
				portworx: async () => ({ ...('install' in portworx ? {} : healthy), ...portworx }) as PortworxFacts,
			},
			pxctl: {
				license: async () => ('license' in odd ? odd.license : 'PX-Enterprise'),
				state: async () => odd.state ?? 'PX is operational',
			},
		}),
		answers,
	);

function plain(): Answers {
	return answersWith({ objectStore: plainS3 });
}

function ofVersion(version: string | undefined): Otherwise {
	const { version: _version, ...rest } = healthy;
	return { discovery: { portworx: async () => ({ ...rest, ...(version && { version }) }) } };
}

const lineOf = (finding: Finding): string[] =>
	finding.level === 'fact' ? [] : [`${finding.level} ${finding.problem.id}`];
