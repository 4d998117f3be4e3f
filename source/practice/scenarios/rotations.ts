import { runningMigration } from '../objects/running-migration.ts';
import { both, type Scenario, source } from './two-clusters.ts';

/** The pair works, and what is wrong shows when a secret of it is replaced. */
export const rotationScenarios = {
	'new-key-refused': {
		about: 'the object store does not recognize the new key of the pair',
		clusters: both({ refusedKey: 'of-practice-answers' }),
		drill: {
			command: 'rotate',
			lesson:
				"Portworx can't edit a credential: the old one has to be deleted before the new one is created, and for that moment the pair has none. So a new key is tried first, from a Portworx pod of each cluster and by Portworx itself under a name that no pair uses. Keep the old key valid until both clusters have the new one.",
		},
	},
	'migration-underway': {
		about: 'a Migration is running over the pair',
		clusters: source({ migrations: 'off', objects: runningMigration }),
		drill: {
			command: 'rotate',
			lesson:
				'A Migration uses the credential and the login of the pair from its first volume to its last object. Replaced in between, it fails half-way. A rotation asks for Migrations at its start and again right before each change, since a schedule may begin one at any time. Suspend the schedule, wait until the Migration has finished, and rotate then.',
		},
	},
} as const satisfies Readonly<Record<string, Scenario>>;
