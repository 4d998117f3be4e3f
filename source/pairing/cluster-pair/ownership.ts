import { type KubeObject, objectShape, type ResourceType } from '../clusters/resource-type.ts';
import type { Remains, StepContext, UndoContext, Undone } from '../step/step.ts';
import { waitFor } from '../step/wait-for.ts';
import { asRecord, textIn } from '../words/json.ts';
import type { Side } from '../words/pair.ts';
import { PairingError } from '../words/problem.ts';

/** Under this name the API server records which fields are ours. */
export const fieldManager = 'pxpair';

/** On every object that a run makes. */
export const ownLabel = 'app.kubernetes.io/managed-by';
export const ownLabels = { [ownLabel]: 'pxpair' } as const;

/** Which run made the object: the name of its record. */
export const runLabel = 'pxpair/run';

export const labelsOf = (runId: string): Readonly<Record<string, string>> => ({
	...ownLabels,
	[runLabel]: runId,
});

type Labelled = Readonly<{ metadata: Readonly<{ labels?: Readonly<Record<string, string>> | undefined }> }>;

export const isOurs = ({ metadata }: Labelled): boolean =>
	metadata.labels?.[ownLabel] === ownLabels[ownLabel];

export type Own = Readonly<{
	side: Side;
	type: ResourceType;
	name: string;
	namespace?: string;
	/** The fields that are what the run wrote: when someone else has changed one, the object is theirs now. */
	content?: readonly string[];
	/** Why it has to stay for now; asked once it is known to be ours. */
	keep?: () => Promise<string | undefined>;
}>;

/** An object that this run created may be deleted, and any other object of that name is kept. */
export const remainsOf = (context: UndoContext, own: Own): Promise<Remains> => look(context, own, 1);

async function look(context: UndoContext, own: Own, looks: number): Promise<Remains> {
	const { side, type, name, namespace } = own;
	const found = await context.world[side].api.get(type, name, namespace).then(asObject);
	if (!found) {
		return { kind: 'absent' };
	}
	const because = notOurs(context, own, found) ?? (await own.keep?.());
	return because === undefined
		? {
				kind: 'deletable',
				identity: found.metadata.uid,
				delete: () => deleteAsSeen(context, own, found, looks),
			}
		: { kind: 'kept', because };
}

/** With its UID as the precondition; and waits until it is gone. */
async function deleteAsSeen(
	context: UndoContext,
	own: Own,
	{ metadata: { uid, resourceVersion } }: KubeObject,
	looks: number,
): Promise<Undone> {
	const { side, type, name, namespace, content } = own;
	try {
		const answer = await context.world[side].api.delete(
			type,
			name,
			namespace,
			uid,
			content && resourceVersion,
		);
		return answer === 'absent' ? { kind: 'absent' } : await untilGone(context, own, uid);
	} catch (error) {
		if (!(error instanceof PairingError && error.problem.id === 'conflict')) {
			throw error;
		}
		// What changes while it is looked at is looked at again: Stork writes its status at any time.
		if (looks === 5) {
			return { kind: 'kept', because: 'it keeps changing, so it could not be compared' };
		}
		const again = await look(context, own, looks + 1);
		return again.kind === 'deletable' ? again.delete() : again;
	}
}

/** Whether it would be deleted by then, where that is only planned. */
export const isGone = ({ goneBefore }: Pick<UndoContext, 'goneBefore'>, uid: string | undefined): boolean =>
	uid !== undefined && goneBefore?.has(uid) === true;

function notOurs({ runId, made }: UndoContext, { content }: Own, found: KubeObject): string | undefined {
	const { metadata } = found;
	const isOther = made !== undefined && metadata.uid !== undefined && metadata.uid !== made;
	if (isOther || metadata.labels?.[runLabel] !== runId) {
		return `the existing one was not created by this run${changedBy(editorsOf(found))}`;
	}
	const editors = content === undefined ? [] : editorsOf(found, content);
	return editors.length === 0 ? undefined : `it was changed since this run created it${changedBy(editors)}`;
}

const changedBy = (editors: readonly string[]): string =>
	editors.length === 0 ? '' : ` (changed by ${editors.join(', ')})`;

/** Who else than this program wrote it, or one of these fields of it. */
function editorsOf({ metadata }: KubeObject, fields?: readonly string[]): readonly string[] {
	const others = (metadata.managedFields ?? []).filter(entry => {
		const written = asRecord(entry.fieldsV1);
		// Controllers, which write a status, are not who changed it.
		const isController = entry.subresource !== undefined || 'f:status' in written;
		return !isController && (fields === undefined || fields.some(field => `f:${field}` in written));
	});
	const managers = new Set(others.flatMap(({ manager }) => manager ?? []));
	for (const one of [fieldManager, 'stork']) managers.delete(one);
	return [...managers];
}

/** A namespace with a hundred objects takes about a minute; Stork's finalizer some seconds. */
export const deletionSeconds = 300;

/** Milliseconds. */
const deletion = { patience: deletionSeconds * 1000, pause: 1000 };

/** @param uid what is waited for; another object of that name is not */
export async function untilGone(
	context: Pick<StepContext, 'world' | 'clock' | 'signal' | 'note'>,
	{ side, type, name, namespace }: Own,
	uid: string | undefined,
): Promise<Undone> {
	let holds = '';
	const gone = await waitFor(context, deletion, async () => {
		const found = await context.world[side].api.get(type, name, namespace).then(asObject);
		if (!found || (uid !== undefined && found.metadata.uid !== uid)) {
			return { kind: 'removed' } as const;
		}
		holds = heldBy(found);
		context.note(`waiting for deletion, at most ${deletionSeconds} s${holds && `: ${holds}`}`);
		return undefined;
	});
	return gone ?? { kind: 'kept', because: `still Terminating${holds && `: ${holds}`}` };
}

/** What keeps an object that is being deleted: a namespace's conditions, or finalizers. */
export function heldBy({ metadata, status }: KubeObject): string {
	const { conditions } = asRecord(status);
	const messages = (Array.isArray(conditions) ? conditions : []).map(asRecord).flatMap(condition => {
		const message = textIn(condition.message);
		return condition.status === 'True' && message !== '' ? [message] : [];
	});
	const finalizers = metadata.finalizers ?? [];
	return messages.length > 0
		? messages.join('; ')
		: finalizers.length > 0
			? `finalizer ${finalizers.join(', ')}`
			: '';
}

const asObject = (found: unknown): KubeObject | undefined => {
	const parsed = objectShape.safeParse(found);
	return parsed.success ? parsed.data : undefined;
};
