import { untilGone } from '../cluster-pair/ownership.ts';
import { claimType, configMapType, storageClassType, volumeType } from '../clusters/migration-kinds.ts';
import type { Permission } from '../clusters/permission.ts';
import type { KubeObject, ObjectOf, ResourceType } from '../clusters/resource-type.ts';
import { may } from '../step/permissions-needed.ts';
import type { Remains, Step, StepChange, UndoContext, Undone } from '../step/step.ts';
import { waitFor } from '../step/wait-for.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { migrationAnnotation } from './objects.ts';
import type { Proof } from './proof.ts';

/** What controllers make because of a proof. Nothing of it has the label of a run, so each is known by what its maker writes. */

/** On the source: the volume of the claim. Portworx deletes it once the claim is gone. */
export const provisioned = (proof: Proof): readonly Step[] => [volumeStep(proof, 'source')];

/** On the destination: all that the Migration brings. Deleting a Migration removes none of it. */
export const migrated = (proof: Proof): readonly Step[] => [
	...(proof.bringsClass ? [classStep(proof)] : []),
	volumeStep(proof, 'destination'),
	broughtStep(proof, configMapType, 'ConfigMap'),
	broughtStep(proof, claimType, 'claim'),
];

type Trace = Readonly<{
	side: Side;
	id: string;
	/** "the claim". */
	what: string;
	needs: readonly Permission[];
	remains: StepChange['remains'];
}>;

/** Never run: it is only deleted. */
const trace = ({ side, id, what, needs, remains }: Trace): Step => ({
	id: `${id}/${side}`,
	title: { plan: `Remove ${what}`, doing: `Removing ${what}…`, holds: `Removed ${what}` },
	on: side,
	docs: docs.verify,
	preview: [],
	needs,
	check: async () => ({ kind: 'absent', because: 'nothing has brought it' }),
	change: { makes: what, apply: async () => undefined, remains },
});

function broughtStep(proof: Proof, type: typeof claimType | typeof configMapType, kind: string): Step {
	const { name, namespace } = proof;
	const side = 'destination';
	const what = `the ${kind} ${name} that the Migration brings to the ${side}`;
	return trace({
		side,
		id: `bring-${kind.toLowerCase()}`,
		what,
		needs: (['get', 'delete'] as const).map(verb => may(side, verb, type, `remove ${what}`, { namespace })),
		async remains(context) {
			const found = await context.world[side].api.get<ResourceType['shape']>(type, name, namespace);
			return found
				? deletable(context, {
						side,
						type,
						found: found as KubeObject,
						isOwn: isBroughtBy(proof, found as KubeObject),
					})
				: { kind: 'absent' };
		},
	});
}

const isBroughtBy = ({ name }: Proof, { metadata }: Pick<KubeObject, 'metadata'>): boolean =>
	metadata.annotations?.[migrationAnnotation] === name;

type Found = Readonly<{ side: Side; type: ResourceType; found: KubeObject; isOwn: boolean }>;

function deletable(context: UndoContext, { side, type, found, isOwn }: Found): Remains {
	const { name, namespace, uid } = found.metadata;
	if (!isOwn) {
		return { kind: 'kept', because: 'the existing one was not brought by this Migration' };
	}
	const own = { side, type, name, ...(namespace !== undefined && { namespace }) };
	return {
		kind: 'deletable',
		identity: uid,
		async delete() {
			const answer = await context.world[side].api.delete(type, name, namespace, uid);
			return answer === 'absent' ? { kind: 'absent' } : untilGone(context, own, uid);
		},
	};
}

type Volume = ObjectOf<typeof volumeType>;

/** Milliseconds that Portworx gets to delete a volume whose claim is gone. */
const reclaiming = { patience: 120_000, pause: 1000 };

function volumeStep(proof: Proof, side: Side): Step {
	const what = `the volume of that claim on the ${side}`;
	return trace({
		side,
		id: 'provision-volume',
		what,
		needs: [
			may(side, 'list', volumeType, 'see that the volume of the proof is gone'),
			...(side === 'destination' ? [may(side, 'delete', volumeType, 'remove the volume of the proof')] : []),
		],
		async remains(context) {
			const [volume] = await volumesOf(context, side, proof);
			return volume
				? {
						kind: 'deletable',
						identity: volume.metadata.uid,
						delete: () => reclaimed(context, side, proof),
					}
				: { kind: 'absent' };
		},
	});
}

async function volumesOf(
	{ world }: Pick<UndoContext, 'world'>,
	side: Side,
	proof: Proof,
): Promise<readonly Volume[]> {
	const listed = (await world[side].api.list(volumeType)) ?? [];
	return listed.filter(({ metadata, spec }) => {
		const isClaimed = spec?.claimRef?.namespace === proof.namespace && spec.claimRef.name === proof.name;
		return side === 'source' ? isClaimed : isBroughtBy(proof, { metadata });
	});
}

/**
 * With the policy Delete the provisioner removes object and volume. A Migration that was cut short leaves the policy Retain: then the
 * object has to be deleted, and Portworx keeps the volume.
 */
async function reclaimed(context: UndoContext, side: Side, proof: Proof): Promise<Undone> {
	let left: Volume | undefined;
	const gone = await waitFor(context, reclaiming, async () => {
		[left] = await volumesOf(context, side, proof);
		context.note(
			left ? `PersistentVolume ${left.metadata.name}: ${left.status?.phase ?? 'no phase'}` : 'gone',
		);
		return left?.spec?.persistentVolumeReclaimPolicy !== 'Delete' ? true : undefined;
	});
	if (!left) {
		return { kind: 'removed' };
	}
	const { name, uid } = left.metadata;
	if (gone === undefined || side === 'source') {
		return {
			kind: 'kept',
			because: `PersistentVolume ${name} still exists: ${left.status?.phase ?? 'no phase'}`,
		};
	}
	await context.world[side].api.delete(volumeType, name, undefined, uid);
	const deleted = await untilGone(context, { side, type: volumeType, name }, uid);
	return deleted.kind === 'kept'
		? deleted
		: {
				kind: 'kept',
				because: `PersistentVolume ${name} is deleted, but its policy was Retain, so Portworx keeps the volume: pxctl volume delete ${name}`,
			};
}

/** Stork's copy says nothing of where it came from, but for who wrote it. It is deleted only while nothing else uses it. */
function classStep({ storageClass, name }: Proof): Step {
	const side = 'destination';
	const what = `the StorageClass ${storageClass} that the Migration brings to the ${side}`;
	return trace({
		side,
		id: 'bring-class',
		what,
		needs: [
			...(['get', 'delete'] as const).map(verb =>
				may(side, verb, storageClassType, `remove ${what}`, { name: storageClass }),
			),
			may(side, 'list', claimType, `see that nothing uses ${what}`),
		],
		async remains(context) {
			const { api } = context.world[side];
			const [found, claims, volumes] = await Promise.all([
				api.get(storageClassType, storageClass),
				api.list(claimType),
				api.list(volumeType),
			]);
			if (!found) {
				return { kind: 'absent' };
			}
			const isUsed = [...(claims ?? []), ...(volumes ?? [])].some(
				({ metadata, spec }) =>
					spec?.storageClassName === storageClass && metadata.annotations?.[migrationAnnotation] !== name,
			);
			return isUsed
				? { kind: 'kept', because: 'other claims or volumes use it by now' }
				: deletable(context, { side, type: storageClassType, found, isOwn: isOfStork(found) });
		},
	});
}

const isOfStork = ({ metadata }: Pick<KubeObject, 'metadata'>): boolean =>
	metadata.managedFields?.some(({ manager }) => manager === 'stork') === true;
