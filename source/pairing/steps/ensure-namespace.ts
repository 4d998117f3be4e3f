import { docs } from '../docs.ts';
import { namespaceType } from '../kubernetes.ts';
import type { Manifest } from '../manifest.ts';
import { ownLabel, ownLabels } from '../ownership.ts';
import type { Side } from '../pair.ts';
import { fail } from '../problem.ts';
import type { Step } from '../step.ts';

/** On the source it holds the ClusterPair; on the destination, what migrations bring. */
export const ensureNamespace = (side: Side, context: string, name: string): Step => {
	const manifest: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: ownLabels } };
	return {
		id: `ensure-namespace/${side}`,
		title: {
			plan: `Make sure of the namespace ${name} on the ${side}`,
			doing: `Creating the namespace ${name} on the ${side}…`,
			holds: `The namespace ${name} exists on the ${side}`,
		},
		on: side,
		docs: docs.apply,
		preview: [{ kind: 'manifest', verb: 'create', on: side, manifest }],
		async check({ world }) {
			const namespace = await world[side].api.get(namespaceType, name);
			if (!namespace) {
				return { kind: 'absent', because: `there is no namespace ${name}` };
			}
			if (namespace.status?.phase === 'Terminating') {
				return fail({
					id: 'namespace-terminating',
					title: `The namespace ${name} is being deleted on the ${side}`,
					side,
					evidence: `namespace ${name}: phase Terminating`,
					remedies: [
						`Wait until it is gone (kubectl --context ${context} get namespace ${name}), then run this again.`,
						'Or choose another namespace for the pair.',
					],
				});
			}
			return { kind: 'holds', evidence: `${name} is ${namespace.status?.phase ?? 'there'}` };
		},
		change: {
			makes: `the namespace ${name} on the ${side}`,
			async apply({ world }) {
				await world[side].api.create(namespaceType, manifest);
			},
			async undo({ world }) {
				const { api } = world[side];
				const namespace = await api.get(namespaceType, name);
				if (!namespace) {
					return { kind: 'removed' };
				}
				if (namespace.metadata.labels?.[ownLabel] !== ownLabels[ownLabel]) {
					return { kind: 'kept', because: 'somebody else made it meanwhile' };
				}
				const tenants = await api.tenants(name);
				if (tenants.length > 0) {
					return { kind: 'kept', because: `it holds ${tenants.slice(0, 3).join(', ')}` };
				}
				await api.delete(namespaceType, name);
				return { kind: 'removed' };
			},
		},
	};
};
