import type { Answers } from '../answers/answers.ts';
import type { PortworxFacts } from '../clusters/cluster.ts';
import { learn } from '../clusters/find-facts.ts';
import type { ClusterWorld } from '../clusters/ports.ts';
import { shell } from '../words/command.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import type { Side } from '../words/pair.ts';
import type { Said } from '../words/problem.ts';
import { compareVersions, versionOf } from '../words/version.ts';
import { answer, command } from '../words/way.ts';

export async function portworxFindings(cluster: ClusterWorld, answers: Answers): Promise<readonly Finding[]> {
	const { side, discovery, pxctl } = cluster;
	const found = await discovery.portworx();
	const [uuid, license, state] = await Promise.all([learn(discovery.uuid()), pxctl.license(), pxctl.state()]);
	return [
		fact('portworx', 'portworx', side, described(found)),
		uuid.kind === 'known'
			? fact('portworx', 'portworx-uuid', side, `Cluster UUID ${uuid.value}`)
			: { level: 'error', topic: 'portworx', problem: uuid.problem },
		...(license ? [fact('portworx', 'license', side, `License ${license}`)] : []),
		...stateFindings(cluster, state),
		...warnings(cluster, found, license, answers),
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
	cluster: ClusterWorld,
	facts: PortworxFacts,
	license: string | undefined,
	{ pair }: Answers,
): readonly Finding[] {
	const { side, context } = cluster;
	const { namespace, pods, podCount, version } = facts;
	const seen: Finding[] = [];
	const say = (level: 'error' | 'warning', problem: Omit<Said, 'side'>) =>
		seen.push(finding(level, side, problem));
	if (pods.length < podCount) {
		say('warning', {
			id: 'portworx-partly-ready',
			title: `Not all Portworx pods are Ready on the ${side}`,
			evidence: `namespace ${namespace}: ${pods.length} of ${podCount} Ready`,
			remedies: [
				command('See why', shell`kubectl --context ${context} -n ${namespace} get pods -l name=portworx`),
			],
		});
	}
	seen.push(...leftAsideFindings(side, facts), ...phaseFindings(cluster, facts));
	const found = versionOf(version);
	if (found && compareVersions(found, [2, 0, 0]) < 0) {
		say('error', {
			id: 'portworx-too-old',
			title: `Portworx on the ${side} is too old to be paired`,
			evidence: `version ${version}; needs 2.0`,
			remedies: ['Upgrade Portworx there.'],
		});
	}
	if (license && /essential/i.test(license)) {
		say(pair.mode === 'DisasterRecovery' ? 'error' : 'warning', {
			id: 'license-without-dr',
			title: `The Portworx license of the ${side} does not include disaster recovery`,
			evidence: `pxctl status: License: ${license}`,
			remedies: [
				answer(
					'Get a license with DR for both clusters, or leave the mode out and migrate only',
					'pair.mode',
				),
			],
		});
	}
	seen.push(...licenseFindings(side, license));
	return seen;
}

const finding = (level: 'error' | 'warning', side: Side, said: Omit<Said, 'side'>): Finding =>
	trouble(level, 'portworx', { side, ...said });

const leftAsideFindings = (side: Side, { leftAside = [] }: PortworxFacts): readonly Finding[] =>
	leftAside.map(other =>
		finding('warning', side, {
			id: 'portworx-left-aside',
			title: `The ${side} has a StorageCluster that is not used`,
			evidence: other,
			remedies: ['Delete what is not needed, and look at its finalizers if its deletion does not finish.'],
		}),
	);

/** A StorageCluster that is on its way out, or has failed, is no good to pair; one that is only slow may do. */
function phaseFindings(
	{ side, context }: ClusterWorld,
	{ namespace, phase, condition, deletedSince, isUnclaimed }: PortworxFacts,
): readonly Finding[] {
	const describe = command(
		'See why',
		shell`kubectl --context ${context} -n ${namespace} describe storagecluster`,
	);
	const says = isUnclaimed
		? `the operator made the pods in ${namespace}, and no StorageCluster asks for them any more`
		: `the StorageCluster in ${namespace} says ${phase ?? 'no phase'}${condition ? `: ${condition}` : ''}`;
	if (deletedSince !== undefined || isUnclaimed || /^uninstall/i.test(phase ?? '')) {
		return [
			finding('error', side, {
				id: 'portworx-being-removed',
				title: `Portworx is being removed from the ${side}`,
				evidence: deletedSince === undefined ? says : `deleted since ${deletedSince}; ${says}`,
				remedies: [describe, 'Pair again once Portworx is installed again.'],
			}),
		];
	}
	if (!phase || /^(online|running)$/i.test(phase)) {
		return [];
	}
	const { level, title } = troubles.find(({ word }) => word.test(phase)) ?? {
		level: 'warning',
		title: (side: Side) => `Portworx is in phase ${phase} on the ${side}`,
	};
	return [
		finding(level, side, {
			id: 'portworx-phase',
			title: title(side),
			evidence: says,
			remedies: [describe],
		}),
	];
}

/** Words of the operator, of today and of old (libopenstorage/operator, pkg/apis/core/v1/storagecluster.go). */
const troubles: readonly Readonly<{
	word: RegExp;
	level: 'error' | 'warning';
	title: (side: Side) => string;
}>[] = [
	{ word: /^init/i, level: 'warning', title: side => `Portworx is still starting on the ${side}` },
	{ word: /^degraded$/i, level: 'warning', title: side => `Portworx is degraded on the ${side}` },
	{ word: /^unknown$/i, level: 'warning', title: side => `The state of Portworx is unknown on the ${side}` },
	{ word: /^fail/i, level: 'error', title: side => `Portworx has failed on the ${side}` },
	{ word: /^offline$/i, level: 'error', title: side => `Portworx is offline on the ${side}` },
	{ word: /^not\s*in\s*quorum$/i, level: 'error', title: side => `Portworx is not in quorum on the ${side}` },
];

/** What pxctl calls itself, in the first line of its status. */
const stateFindings = ({ side, context }: ClusterWorld, state: string | undefined): readonly Finding[] =>
	state === undefined || /\boperational\b/i.test(state)
		? []
		: [
				finding('error', side, {
					id: 'portworx-not-running',
					title: `Portworx is not operational on the ${side}`,
					evidence: `pxctl status: Status: ${state}`,
					remedies: [
						command('See the state of each node', shell`kubectl --context ${context} get storagenodes -A`),
						'Run this again once pxctl status says that it is operational.',
					],
				}),
			];

/** `(expires in N days)`, and what else may stand there; a lease that is renewed by itself is fine. */
function licenseFindings(side: Side, license: string | undefined): readonly Finding[] {
	const evidence = `pxctl status: License: ${license}`;
	const remedies = ['Renew it: without a license, migrations through the pair stop.'] as const;
	if (/expired/i.test(license ?? '')) {
		return [
			finding('error', side, {
				id: 'license-ended',
				title: `The Portworx license of the ${side} has expired`,
				evidence,
				remedies,
			}),
		];
	}
	const [, count, unit = ''] =
		/expires? (?:in )?(?:(\d+) )?(day|hour|minute|second|today)/i.exec(license ?? '') ?? [];
	const days = unit === '' ? Number.POSITIVE_INFINITY : /day$/i.test(unit) && count ? Number(count) : 0;
	return days <= 14
		? [
				finding('warning', side, {
					id: 'license-ending',
					title: `The Portworx license of the ${side} expires soon`,
					evidence,
					remedies,
				}),
			]
		: [];
}
