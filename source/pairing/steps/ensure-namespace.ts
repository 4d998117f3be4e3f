import {
	deletionSeconds,
	heldBy,
	isGone,
	isOurs,
	labelsOf,
	ownLabels,
	remainsOf,
} from '../cluster-pair/ownership.ts';
import { namespaceType } from '../clusters/kubernetes.ts';
import { everyKind } from '../clusters/permission.ts';
import type { ObjectOf } from '../clusters/resource-type.ts';
import { may, type Need } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem, fail } from '../words/problem.ts';
import { answer, command, type Remedy } from '../words/way.ts';

/** On the source it holds the ClusterPair; on the destination, what migrations bring. */
export const ensureNamespace = (side: Side, context: string, name: string): Step => {
	return {
		id: `ensure-namespace/${side}`,
		title: {
			plan: `Create the namespace ${name} on the ${side}, unless it exists`,
			doing: `Creating the namespace ${name} on the ${side}…`,
			holds: `The namespace ${name} exists on the ${side}`,
		},
		on: side,
		docs: docs.apply,
		preview: [{ kind: 'manifest', verb: 'create', on: side, manifest: namespaceManifest(name, ownLabels) }],
		needs: needs(side, name),
		async check({ world }) {
			const namespace = await world[side].api.get(namespaceType, name);
			if (!namespace) {
				return { kind: 'absent', because: `there is no namespace ${name}` };
			}
			if (namespace.status?.phase === 'Terminating') {
				return isOurs(namespace)
					? { kind: 'pending', latest: waitingFor(namespace), problem: terminating(side, context, namespace) }
					: fail(terminating(side, context, namespace));
			}
			return { kind: 'holds', evidence: `${name} is ${namespace.status?.phase ?? 'there'}` };
		},
		// One that an earlier run created and that is being undone will be gone in a while.
		patience: {
			seconds: deletionSeconds,
			change: ({ clock, signal }) => clock.sleep(1000, signal),
		},
		change: {
			makes: `the namespace ${name} on the ${side}`,
			async apply({ world, runId }) {
				const created = await world[side].api.create(namespaceType, namespaceManifest(name, labelsOf(runId)));
				return created.metadata.uid;
			},
			dryRun: ({ world, runId }) =>
				world[side].api.create(namespaceType, namespaceManifest(name, labelsOf(runId)), 'dry-run'),
			remains: context =>
				remainsOf(context, {
					side,
					type: namespaceType,
					name,
					async keep() {
						const found = await context.world[side].api.tenants(name);
						const tenants = found.flatMap(({ what, uid }) => (isGone(context, uid) ? [] : [what]));
						const more = tenants.length > 3 ? ` and ${tenants.length - 3} more` : '';
						return tenants.length > 0 ? `it holds ${tenants.slice(0, 3).join(', ')}${more}` : undefined;
					},
				}),
		},
	};
};

type Namespace = ObjectOf<typeof namespaceType>;

const waitingFor = (namespace: Namespace): string => {
	const holds = heldBy(namespace);
	return `waiting for deletion, at most ${deletionSeconds} s${holds && `: ${holds}`}`;
};

function terminating(side: Side, context: string, namespace: Namespace) {
	const { name } = namespace.metadata;
	const holds = heldBy(namespace);
	const wait = command(
		'Wait until it is gone',
		shell`kubectl --context ${context} wait --for=delete namespace/${name}`,
	);
	const [first = wait, ...others] = [...releases(context, namespace), wait];
	return clusterProblem({
		id: 'namespace-terminating',
		title: `The namespace ${name} is being deleted on the ${side}`,
		side,
		evidence: `namespace ${name}: phase Terminating${holds && `: ${holds}`}`,
		remedies: [first, ...others, answer('Or choose another namespace for the pair', 'pair.namespace')],
	});
}

/**
 * What there is to look at so that it goes, by the names in its conditions. Their words are those of the namespace controller:
 * https://github.com/kubernetes/kubernetes/blob/v1.31.4/pkg/controller/namespace/deletion/status_condition_utils.go
 */
function releases(context: string, { metadata, status }: Namespace): readonly Remedy[] {
	const failing = (status?.conditions ?? []).filter(condition => condition.status === 'True');
	const said = (type: string) => failing.find(condition => condition.type === type)?.message ?? '';
	const apis = said('NamespaceDeletionDiscoveryFailure').matchAll(
		/\b([a-z][a-z0-9.-]{0,252})\/(v\d[a-z0-9]{0,20})\b/g,
	);
	const types = said('NamespaceContentRemaining').matchAll(
		/\b([a-z][a-z0-9.-]{0,252}?)\.? has \d+ resource/g,
	);
	const broken = new Set(Array.from(apis, ([, group, version]) => `${version}.${group}`));
	const left = Array.from(types, ([, type = '']) => type)
		.slice(0, 10)
		.join(',');
	return [
		...[...broken]
			.slice(0, 3)
			.map(name =>
				command(
					`Find out why the API ${name} does not answer, then repair or delete its APIService`,
					shell`kubectl --context ${context} get apiservice/${name}`,
				),
			),
		...(left === ''
			? []
			: [
					command(
						'Find the finalizers of what is left in it, and the controller that should remove them',
						shell`kubectl --context ${context} --namespace ${metadata.name} get --output=${finalizers} -- ${left}`,
					),
				]),
	];
}

const finalizers = 'custom-columns=KIND:.kind,NAME:.metadata.name,FINALIZERS:.metadata.finalizers';

const namespaceManifest = (name: string, labels: Readonly<Record<string, string>>): Manifest => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: { name, labels },
});

/** It is undone only if no one uses it, so whatever may be in it is looked for. */
function needs(side: Side, name: string): readonly Need[] {
	const untilThere = { unlessNamespace: name } as const;
	const toTakeBack = { unlessNamespace: name, for: 'undo' } as const;
	const toSee = 'see that the namespace is empty before it is deleted';
	return [
		may(side, 'get', namespaceType, 'read the namespace', { name }),
		may(side, 'create', namespaceType, 'create the namespace', untilThere),
		may(side, 'delete', namespaceType, 'undo the namespace', { ...toTakeBack, name }),
		may(side, 'list', everyKind, toSee, { ...toTakeBack, namespace: name }),
	];
}
