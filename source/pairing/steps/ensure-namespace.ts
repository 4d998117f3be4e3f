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
import { answer, command } from '../words/way.ts';

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
	return clusterProblem({
		id: 'namespace-terminating',
		title: `The namespace ${name} is being deleted on the ${side}`,
		side,
		evidence: `namespace ${name}: phase Terminating${holds && `: ${holds}`}`,
		remedies: [
			command(
				'Wait until it is gone',
				shell`kubectl --context ${context} wait --for=delete namespace/${name}`,
			),
			answer('Or choose another namespace for the pair', 'pair.namespace'),
		],
	});
}

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
