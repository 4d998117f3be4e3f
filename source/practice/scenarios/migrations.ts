import { destination, type Scenario, source } from './two-clusters.ts';

/** The pair becomes Ready, and what is wrong shows only when something is migrated. */
export const migrationScenarios = {
	'store-full': {
		about: 'the object store has no room left, which only a migration finds out',
		clusters: source({ migrations: 'backup-fails' }),
		drill: {
			command: 'prove',
			lesson:
				'Backup is the half of a migration from the source to the object store. XMinioStorageFull is what the store inside Portworx says, the one that is used where a pair has no object store of its own: 100 GiB on the destination, which fill up. Free space there, or give the pair a store.',
		},
	},
	'restore-fails': {
		about: 'the destination lost the credential of the object store after the clusters were paired',
		clusters: source({ migrations: 'restore-fails' }),
		drill: {
			command: 'prove',
			lesson:
				'Restore is the half of a migration from the object store to the destination, and it uses the credential there. One that is deleted, or changed on one side only, leaves the pair Ready. Running the pairing again creates what is missing.',
		},
	},
	'migration-unlicensed': {
		about: 'the license of the source does not include what the mode of the pair asks for',
		clusters: source({ migrations: 'refused' }),
		drill: {
			command: 'prove',
			lesson:
				'What Portworx refuses to start never becomes a status: Stork tries again every ten seconds, and only its events say why. kubectl describe migration shows them.',
		},
	},
	'migration-ignored': {
		about: 'Stork on the source runs without its Migration controller',
		clusters: source({ migrations: 'off' }),
		drill: {
			command: 'prove',
			lesson:
				'A Migration without the finalizer of Stork was never looked at: Stork is down, its Migration controller is turned off, or another object of the type cannot be read and stops it for all.',
		},
	},
	'volume-empty': {
		about: 'the migrated volume arrives without its data',
		clusters: source({ migrations: 'data-lost' }),
		drill: {
			command: 'prove',
			lesson:
				'Successful is what Stork says of a migration. What arrived is known only by reading it, which is why the proof does. On real clusters this is a case for support.',
		},
	},
	'pools-full': {
		about: 'the storage pools of the source have no room for a new volume',
		clusters: source({ pools: 'full' }),
		drill: {
			command: 'prove',
			lesson:
				'A claim that stays Pending says why in its events. A migration leaves such a claim out without a word, so a proof waits until it is bound.',
		},
	},
	'image-refused': {
		about: 'the nodes of the destination pull no image',
		clusters: destination({ images: 'refused' }),
		drill: {
			command: 'prove',
			lesson:
				'The proof reads the volume with a pod, and runs it with the image of Stork, since the nodes have pulled that before. Where a registry wants a login that other namespaces do not have, name an image that they can pull.',
		},
	},
} as const satisfies Record<string, Scenario>;
