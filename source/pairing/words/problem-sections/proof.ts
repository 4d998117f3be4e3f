import type { Sections } from './section.ts';

/** What `pxpair prove` meets. */
export const proof = {
	'migration-type-missing': {
		means: 'The API server of the source does not serve the type Migration.',
		found: 'It answered 404 to a Migration in a dry run, in a namespace that exists.',
		helps:
			'Check that Stork runs: it creates its CRDs when it starts, unless its arguments turn that off or it lacks permissions.',
	},
	'proof-class-unfit': {
		means: 'There is no StorageClass of Portworx that a proof can use.',
		found:
			'The StorageClasses of the source: one needs a Portworx provisioner, the reclaim policy Delete, no encryption, and no backend of another storage system.',
		helps: 'Name one with `--storage-class`.',
	},
	'proof-name-taken': {
		means: 'An object with the name that the proof needs exists, and this proof did not create it.',
		found: 'It was read: its label names another run, or none.',
		helps: 'Delete it, then run the proof again.',
	},
	'proof-pair-elsewhere': {
		means: 'The ClusterPair points to another cluster than the destination that was named.',
		found: "Portworx's UUID in the status of the pair, and that of the destination's StorageCluster.",
		helps: 'Name the destination that the pair points to.',
	},
	'proof-claim-not-bound': {
		means: 'The PersistentVolumeClaim of the proof was not bound.',
		found: 'The phase of the claim, and its latest event.',
		helps:
			'Read the event: usually Portworx has no free space, or the StorageClass asks for what it does not have.',
	},
	'proof-pod-failed': {
		means: 'The pod that writes or reads the volume did not succeed.',
		found: 'Its status, and its latest event.',
		helps: 'If its image cannot be pulled, name another one with `--image`. Otherwise read the event.',
	},
	'migration-unnoticed': {
		means: 'Stork did not take up the Migration.',
		found: 'Its finalizer, which Stork writes first, is missing.',
		helps:
			'Check that Stork runs on the source, and that its arguments do not turn the Migration controller off.',
	},
	'migration-refused': {
		means: 'Stork refuses the Migration, and a retry does not help.',
		found: "Stork's latest event about it: a refusal does not show in its status.",
		helps: 'Read the evidence.',
	},
	'migration-failed': {
		means: 'The Migration finished, but not everything arrived.',
		found: 'Its status. The evidence has the reason of the first volume or object that failed.',
		helps:
			'Read the evidence. Backup means from the source to the object store, Restore from there to the destination.',
	},
	'migration-timeout': {
		means: 'The Migration did not finish in time.',
		found: "Its status, and Stork's latest event.",
		helps: 'Read the evidence. If it was only slow, give it longer with `--timeout`.',
	},
	'proof-differs': {
		means: 'The Migration was successful, but the data differ from what was written.',
		found: 'A pod on the destination read the migrated volume.',
		helps: 'Do not rely on this pair. Ask Portworx support.',
	},
} as const satisfies Sections;
