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

/** Takes back what a run made, unless somebody else put another in its place. */
export async function removeOwn(
	runId: string,
	found: Labelled | undefined,
	remove: () => Promise<void>,
): Promise<Readonly<{ kind: 'removed' } | { kind: 'kept'; because: string }>> {
	if (found && found.metadata.labels?.[runLabel] !== runId) {
		return { kind: 'kept', because: 'this run did not make the one that is there' };
	}
	if (found) {
		await remove();
	}
	return { kind: 'removed' };
}
