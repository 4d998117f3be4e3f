/** Under this name the API server records which fields are ours. */
export const fieldManager = 'pxpair';

/** On every object that a run makes. */
export const ownLabel = 'app.kubernetes.io/managed-by';
export const ownLabels = { [ownLabel]: 'pxpair' } as const;
