import { command } from '../command.ts';
import { type Flags, Mistake } from '../flags.ts';
import { clusters, commonOf, jsonLines, practice, runFlags, whenStopped } from '../options.ts';

const flags = {
	namespace: { type: 'string', short: 'n', value: 'NAMESPACE', does: 'of the pair' },
	plan: { type: 'boolean', does: 'show what would be done (read-only)' },
	'storage-class': {
		type: 'string',
		value: 'NAME',
		does: 'a Portworx StorageClass for the volume',
	},
	image: { type: 'string', value: 'IMAGE', does: 'image for both pods; it needs a shell' },
	timeout: { ...runFlags.timeout, does: 'how long the migration may take (600)' },
	run: { type: 'string', value: 'ID', suggest: 'runs', does: 'the pair that this run created' },
	answers: { type: 'string', value: 'FILE', does: 'or that of an answers file' },
	json: jsonLines,
	...practice,
	...clusters,
} as const satisfies Flags;

export const prove = command({
	name: 'prove',
	summary: 'migrate a small volume over a pair, and read it',
	takes: { name: '[NAME]', about: "of the ClusterPair, or the latest run's" },
	flags,
	help: {
		about:
			'Ready only means that the clusters connected once. This writes a small volume on the source, migrates it, and reads it on the destination. Then it removes everything that it created.',
		exit: `0 proved, 1 not proved, 2 bad input, 3 something still exists, ${whenStopped}`,
		example: 'pxpair prove remotecluster -n migrationnamespace',
	},
	seesThrough: 'always',
	read({ namespace, plan, storageClass, image, run, answers, json, ...common }, name) {
		if (run !== undefined && answers !== undefined) {
			return new Mistake('--run and --answers both say what the pair was created with: use one of them');
		}
		const subject = { name, namespace, run, answers };
		return { plan, json, subject, wishes: { storageClass, image }, common: commonOf(common) };
	},
	load: async () => (await import('../../prove.ts')).proveCommand,
});
