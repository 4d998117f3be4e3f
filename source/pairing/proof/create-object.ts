import { labelsOf, ownLabels, remainsOf, runLabel } from '../cluster-pair/ownership.ts';
import type { ResourceType } from '../clusters/resource-type.ts';
import { may } from '../step/permissions-needed.ts';
import type { Preview, Step, StepContext } from '../step/step.ts';
import { undo } from '../step/undoing.ts';
import { say } from '../steps/kubectl.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem, fail, PairingError } from '../words/problem.ts';
import { command, thenRetry } from '../words/way.ts';
import { isOfRun, type Later, pastVerdict, read } from './later.ts';
import type { Labels } from './objects.ts';

type Creation = Readonly<{
	id: string;
	side: Side;
	type: ResourceType;
	/** "the claim". */
	what: string;
	manifest: (labels: Labels) => Manifest;
	brings?: readonly Step[];
	/** What is created after this one was removed again: once that exists, this one is not needed any more. */
	until?: readonly Later[];
}>;

/** One object of a proof: created if it does not exist, deleted by its UID, and of no one else's name. */
export function createObject({ id, side, type, what, manifest, brings, until = [] }: Creation): Step {
	const shown = manifest(ownLabels);
	const { name, namespace = '' } = shown.metadata;
	const planned = ({ runId }: StepContext) => manifest(labelsOf(runId));
	const create = (context: StepContext, how?: 'dry-run') =>
		context.world[side].api.create(type, planned(context), how).catch(error => {
			throw isCustom(type) && error instanceof PairingError && error.problem.id === 'not-found'
				? notServed(context, side, type)
				: error;
		});
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
		async check(context) {
			const found = await read(context, { side, type, name, namespace });
			if (!found) {
				return (
					(await pastVerdict(context, until)) ?? {
						kind: 'absent',
						because: `there is no ${type.kind} ${namespace}/${name}`,
					}
				);
			}
			return isOfRun(found, context)
				? { kind: 'holds', evidence: `${type.kind} ${namespace}/${name}` }
				: fail({
						id: 'proof-name-taken',
						title: `The ${side} has a ${type.kind} ${name} that this proof did not create`,
						side,
						evidence: `${type.kind} ${namespace}/${name} lacks the label ${runLabel}=${context.runId}`,
						remedies: [thenRetry('Remove it')],
					});
		},
		change: {
			makes: madeBy(what, name, side),
			...(brings && { brings }),
			async apply(context) {
				const { metadata } = await create(context);
				return metadata.uid;
			},
			dryRun: context => create(context, 'dry-run'),
			remains: context => remainsOf(context, { side, type, name, namespace }),
		},
	};
}

const isCustom = ({ apiVersion }: ResourceType): boolean => apiVersion.includes('.');

/** The namespace of the pair exists, so it is the type that was not found. */
const notServed = (
	{ world }: StepContext,
	side: Side,
	{ apiVersion, kind, plural }: ResourceType,
): PairingError =>
	new PairingError(
		clusterProblem({
			id: 'migration-type-missing',
			title: `The ${side} cluster has no ${kind} resource`,
			side,
			evidence: `context ${world[side].context}: ${plural} of ${apiVersion} are not served`,
			remedies: [
				command(
					'See whether its CRD is there, which Stork creates when it starts',
					shell`kubectl --context ${world[side].context} get crd/${`${plural}.${apiVersion.split('/')[0]}`}`,
				),
			],
			docs: docs.prerequisites,
		}),
	);

/** One object of a proof that has done its part: deleted by its UID, and seen to be gone. */
export function removeObject({ id, side, type, what, manifest }: Creation): Step {
	const { name, namespace = '' } = manifest(ownLabels).metadata;
	const own = { side, type, name, namespace };
	return {
		id: `${id}/${side}`,
		title: {
			plan: `Delete ${what} ${name} on the ${side}`,
			doing: `Deleting ${what} on the ${side}…`,
			holds: `Deleted ${what} on the ${side}`,
		},
		on: side,
		docs: docs.verify,
		preview: [say(`Delete ${what} by its UID, and wait until it is gone.`)],
		needs: [
			may(side, 'get', type, `see that ${what} of the proof is gone`, { namespace }),
			may(side, 'delete', type, `remove ${what} of the proof`, { namespace }),
		],
		async check(context) {
			const found = await read(context, own);
			return found
				? { kind: 'absent', because: `the ${type.kind} ${namespace}/${name} still exists` }
				: { kind: 'holds', evidence: `no ${type.kind} ${namespace}/${name}` };
		},
		change: {
			kind: 'deletion',
			makes: madeBy(what, name, side),
			async apply(context) {
				// Not the person's signal: what is being deleted is seen to be gone.
				const { signal } = new AbortController();
				const undone = await undo(remainsOf({ ...context, signal }, own));
				return undone.kind === 'kept' ? notDeleted(context, own, what, undone.because) : undefined;
			},
			remains: context => remainsOf(context, own),
		},
	};
}

const notDeleted = (
	{ world }: StepContext,
	{ side, type, name, namespace }: Later,
	what: string,
	because: string,
) =>
	fail({
		id: 'change-not-proven',
		title: `Could not delete ${what} of the proof on the ${side}`,
		side,
		evidence: `${type.kind} ${namespace}/${name}: ${because}`,
		remedies: [
			command(
				'See what holds it',
				shell`kubectl --context ${world[side].context} -n ${namespace} describe -- ${`${type.kind.toLowerCase()}/${name}`}`,
			),
		],
	});

/** The same of what is created and of what is deleted: by these words a record knows that it is gone. */
const madeBy = (what: string, name: string, side: Side): string => `${what} ${name} on the ${side}`;
