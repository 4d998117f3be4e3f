import { destination, type Scenario, source } from './two-clusters.ts';

/** The pair becomes Ready, and what is wrong shows only when something is migrated. */
export const migrationScenarios = {
	'store-full': {
		about: 'the object store is full, which only a migration detects',
		clusters: source({ migrations: 'backup-fails' }),
		drill: {
			command: 'prove',
			lesson:
				'Backup is the first half of a migration: from the source to the object store. XMinioStorageFull comes from the store inside Portworx, which is used if a pair has no object store: 100 GiB on the destination. Free space there, or pair with an object store.',
		},
	},
	'restore-fails': {
		about: 'the destination lost the credential of the object store after the clusters were paired',
		clusters: source({ migrations: 'restore-fails' }),
		drill: {
			command: 'prove',
			lesson:
				'Restore is the second half of a migration: from the object store to the destination, with the credential there. If that is deleted, or changed on one cluster only, the pair stays Ready. pxpair run again creates what is missing.',
		},
	},
	'migration-unlicensed': {
		about: 'the license of the source does not include what the mode of the pair asks for',
		clusters: source({ migrations: 'refused' }),
		drill: {
			command: 'prove',
			lesson:
				'A migration that Portworx refuses to start gets no status: Stork retries every ten seconds, and only its events say why. kubectl describe migration shows them.',
		},
	},
	'migration-ignored': {
		about: 'Stork on the source runs without its Migration controller',
		clusters: source({ migrations: 'off' }),
		drill: {
			command: 'prove',
			lesson:
				'Stork has not processed a Migration without its finalizer: Stork is down, its Migration controller is disabled, or it cannot decode another Migration, which blocks all of them.',
		},
	},
	'volume-empty': {
		about: 'the migrated volume arrives without its data',
		clusters: source({ migrations: 'data-lost' }),
		drill: {
			command: 'prove',
			lesson:
				'Stork reports Successful without reading the data. The proof reads it. On real clusters, contact Portworx support.',
		},
	},
	'pools-full': {
		about: 'the storage pools of the source have no room for a new volume',
		clusters: source({ pools: 'full' }),
		drill: {
			command: 'prove',
			lesson:
				'The events of a Pending claim say why. A migration skips such a claim silently, so the proof waits until it is bound.',
		},
	},
	'image-refused': {
		about: 'the nodes of the destination cannot pull images',
		clusters: destination({ images: 'refused' }),
		drill: {
			command: 'prove',
			lesson:
				'The proof reads the volume with a pod that uses the image of Stork, since the nodes have pulled it before. If the registry needs a login that other namespaces lack, name another image.',
		},
	},
} as const satisfies Record<string, Scenario>;
