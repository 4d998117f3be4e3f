import type { Answers } from '../answers/answers.ts';
import { known, type PortworxFacts } from '../clusters/cluster.ts';
import { learn } from '../clusters/find-facts.ts';
import type { ClusterWorld, World } from '../clusters/ports.ts';
import { quote } from '../words/command.ts';
import { type Finding, fact } from '../words/finding.ts';
import { both, type Side } from '../words/pair.ts';
import { clusterProblem, type Said } from '../words/problem.ts';
import { compareVersions, versionOf } from '../words/version.ts';
import { answer, command } from '../words/way.ts';

export async function portworxFindings(cluster: ClusterWorld, answers: Answers): Promise<readonly Finding[]> {
	const { side, discovery, pxctl } = cluster;
	const found = await discovery.portworx();
	const [uuid, licence] = await Promise.all([discovery.uuid(), pxctl.licence()]);
	return [
		fact('portworx', 'portworx', side, described(found)),
		fact('portworx', 'portworx-uuid', side, `Cluster UUID ${uuid}`),
		...(licence ? [fact('portworx', 'licence', side, `Licence ${licence}`)] : []),
		...warnings(cluster, found, licence, answers),
	];
}

function described({
	version,
	install,
	namespace,
	pods,
	podCount,
	phase,
	secured,
	startPort,
	secretsProvider,
}: PortworxFacts) {
	return [
		`Portworx${version ? ` ${version}` : ''} (${install} install) in ${namespace}`,
		`${pods.length} of ${podCount} pods Ready, using ${pods[0].name} (the first Ready one by name)`,
		...(phase ? [`phase ${phase}`] : []),
		`ports from ${startPort}`,
		`PX-Security ${secured ? 'on' : 'off'}`,
		...(secretsProvider ? [`secrets in ${secretsProvider}`] : []),
	].join(', ');
}

function warnings(
	{ side, context }: ClusterWorld,
	{ namespace, pods, podCount, phase, version }: PortworxFacts,
	licence: string | undefined,
	{ pair, objectStore }: Answers,
): readonly Finding[] {
	const seen: Finding[] = [];
	const say = (level: 'error' | 'warning', problem: Omit<Said, 'side'>) =>
		seen.push({ level, topic: 'portworx', problem: clusterProblem({ side, ...problem }) });
	if (pods.length < podCount) {
		say('warning', {
			id: 'portworx-partly-ready',
			title: `Not all Portworx pods are Ready on the ${side}`,
			evidence: `namespace ${namespace}: ${pods.length} of ${podCount} Ready`,
			remedies: [
				command(
					'See why',
					`kubectl --context ${quote(context)} -n ${quote(namespace)} get pods -l name=portworx`,
				),
			],
		});
	}
	if (phase && !/^(online|running)$/i.test(phase)) {
		say('warning', {
			id: 'portworx-phase',
			title: `Portworx is not quite well on the ${side}`,
			evidence: `the StorageCluster in ${namespace} says ${phase}`,
			remedies: [
				command(
					'See why',
					`kubectl --context ${quote(context)} -n ${quote(namespace)} describe storagecluster`,
				),
			],
		});
	}
	const found = versionOf(version);
	if (found && compareVersions(found, [2, 0, 0]) < 0) {
		say('error', {
			id: 'portworx-too-old',
			title: `Portworx on the ${side} is too old to be paired`,
			evidence: `it is ${version}; pairing began with 2.0`,
			remedies: ['Upgrade Portworx there.'],
		});
	}
	if (found && compareVersions(found, [2, 5, 3]) < 0 && 'storageClass' in objectStore) {
		say('error', {
			id: 'storage-class-unknown',
			title: `pxctl on the ${side} does not know storage classes of an object store yet`,
			evidence: `it is ${version}; they came with 2.5.3`,
			remedies: [
				answer('Leave the storage class out, or upgrade Portworx there', 'objectStore.storageClass'),
			],
		});
	}
	if (licence && /essential/i.test(licence)) {
		say(pair.mode === 'DisasterRecovery' ? 'error' : 'warning', {
			id: 'licence-without-dr',
			title: `The Portworx licence of the ${side} does not include disaster recovery`,
			evidence: `pxctl status: License: ${licence}`,
			remedies: [
				answer(
					'Get a license with DR for both clusters, or leave the mode out and migrate only',
					'pair.mode',
				),
			],
		});
	}
	const days = Number(/expires in (\d+) days?/i.exec(licence ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
	if (days <= 14 || /expired/i.test(licence ?? '')) {
		say('warning', {
			id: 'licence-ending',
			title: `The Portworx licence of the ${side} ends soon`,
			evidence: `pxctl status: License: ${licence}`,
			remedies: ['Renew it: without a licence, migrations through the pair stop.'],
		});
	}
	return seen;
}

export async function versionFindings(world: World): Promise<readonly Finding[]> {
	const { source, destination } = await both(world, async cluster =>
		known(await learn(cluster.discovery.portworx())),
	);
	const [one, other] = [versionOf(source?.version), versionOf(destination?.version)];
	if (!one || !other || (one[0] === other[0] && one[1] === other[1])) {
		return [];
	}
	return [
		{
			level: 'warning',
			topic: 'portworx',
			problem: clusterProblem({
				id: 'portworx-versions-differ',
				title: 'The two clusters run different versions of Portworx',
				evidence: `source ${source?.version}, destination ${destination?.version}`,
				remedies: ['Portworx asks for the same version on both: upgrade the older one when you can.'],
			}),
		},
	];
}

/** Milliseconds. Object stores refuse what is signed 15 minutes off; the rest is for logs and tokens. */
const clocks = { noticed: 30_000, refused: 15 * 60_000 };

export async function clockFindings(world: World): Promise<readonly Finding[]> {
	const { source, destination } = await both(world, async cluster =>
		known(await learn(cluster.podView.clock())),
	);
	const seen: Finding[] = [];
	const judge = (side: Side | 'both', title: string, ahead: number, uncertainty: number) => {
		const off = Math.abs(ahead) - uncertainty;
		const text = `${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead' : 'behind'}`;
		if (off > clocks.noticed) {
			seen.push({
				level: off >= clocks.refused ? 'error' : 'warning',
				topic: 'portworx',
				problem: clusterProblem({
					id: 'clock-off',
					...(side !== 'both' && { side }),
					title,
					evidence: `${text}, give or take ${Math.ceil(uncertainty / 1000)} s`,
					remedies: [
						'Set the clocks with NTP on the nodes: object stores refuse requests whose time is off.',
					],
				}),
			});
		}
	};
	for (const [side, clock] of [
		['source', source],
		['destination', destination],
	] as const) {
		if (clock) {
			judge(
				side,
				`The clock of the ${side}'s nodes is off, compared with this machine's`,
				clock.ahead,
				clock.uncertainty,
			);
		}
	}
	if (!source || !destination || seen.length > 0) {
		return seen;
	}
	const apart = destination.ahead - source.ahead;
	judge(
		'both',
		"The clocks of the two clusters' nodes differ",
		apart,
		source.uncertainty + destination.uncertainty,
	);
	return seen.length > 0
		? seen
		: [fact('portworx', 'clocks', 'both', `Clocks differ by ${Math.round(Math.abs(apart) / 1000)} s`)];
}
