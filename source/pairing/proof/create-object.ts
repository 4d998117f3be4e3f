import { labelsOf, ownLabels, remainsOf, runLabel } from '../cluster-pair/ownership.ts';
import type { ResourceType } from '../clusters/resource-type.ts';
import { may } from '../step/permissions-needed.ts';
import type { Preview, Step, StepContext } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import { fail } from '../words/problem.ts';
import { thenRetry } from '../words/way.ts';
import type { Labels } from './objects.ts';

type Creation = Readonly<{
	id: string;
	side: Side;
	type: ResourceType;
	/** "the claim". */
	what: string;
	manifest: (labels: Labels) => Manifest;
	brings?: readonly Step[];
}>;

/** One object of a proof: created if it does not exist, deleted by its UID, and of no one else's name. */
export function createObject({ id, side, type, what, manifest, brings }: Creation): Step {
	const shown = manifest(ownLabels);
	const { name, namespace = '' } = shown.metadata;
	const planned = ({ runId }: StepContext) => manifest(labelsOf(runId));
	const preview: Preview = { kind: 'manifest', verb: 'create', on: side, manifest: shown };
	return {
		id: `${id}/${side}`,
		title: {
			plan: `Create ${what} ${name} on the ${side}`,
			doing: `Creating ${what} on the ${side}…`,
			holds: `${what.charAt(0).toUpperCase()}${what.slice(1)} exists on the ${side}`,
		},
		on: side,
		docs: docs.verify,
		preview: [preview],
		needs: [
			may(side, 'get', type, `read ${what} of the proof`, { namespace }),
			may(side, 'create', type, `create ${what} of the proof`, { namespace }),
			may(side, 'delete', type, `remove ${what} of the proof`, { namespace }),
		],
		async check({ world, runId }) {
			const found = await world[side].api.get(type, name, namespace).then(asLabelled);
			if (!found) {
				return { kind: 'absent', because: `there is no ${type.kind} ${namespace}/${name}` };
			}
			return found.metadata?.labels?.[runLabel] === runId
				? { kind: 'holds', evidence: `${type.kind} ${namespace}/${name}` }
				: fail({
						id: 'proof-name-taken',
						title: `The ${side} has a ${type.kind} ${name} that this proof did not create`,
						side,
						evidence: `${type.kind} ${namespace}/${name} lacks the label ${runLabel}=${runId}`,
						remedies: [thenRetry('Remove it')],
					});
		},
		change: {
			makes: `${what} ${name} on the ${side}`,
			...(brings && { brings }),
			async apply(context) {
				const { metadata } = await context.world[side].api.create(type, planned(context));
				return metadata.uid;
			},
			dryRun: context => context.world[side].api.create(type, planned(context), 'dry-run'),
			remains: context => remainsOf(context, { side, type, name, namespace }),
		},
	};
}

type Labelled = Readonly<{ metadata?: Readonly<{ labels?: Labels }> }>;
const asLabelled = (found: unknown) => found as Labelled | undefined;
