/** Under this name the API server records which fields are ours. */
export const fieldManager = 'pxpair';

/** On every object that a run makes. */
export const ownLabels = { 'app.kubernetes.io/managed-by': 'pxpair' } as const;
