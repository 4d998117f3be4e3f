import { type Rotatable, rotatables } from '../../../pairing/answers/answers.ts';
import { command } from '../command.ts';
import { type Flags, Mistake } from '../flags.ts';
import { clusters, commonOf, jsonLines, practice, runFlags, whenStoppedOrNo } from '../options.ts';

const flags = {
	what: {
		type: 'string',
		value: 'LIST',
		suggest: rotatables,
		does: 'key (object store, the default), login, token',
		read: rotatablesIn,
	},
	answers: { type: 'string', value: 'FILE', does: 'answers that hold the new key' },
	namespace: { type: 'string', short: 'n', value: 'NAMESPACE', does: 'of the pair' },
	run: {
		type: 'string',
		value: 'ID',
		suggest: 'runs',
		does: 'the answers of a run',
	},
	plan: { type: 'boolean', does: 'show what would be done (read-only)' },
	yes: { type: 'boolean', short: 'y', does: 'do not ask' },
	json: jsonLines,
	'existing-credential': {
		...runFlags['existing-credential'],
		does: 'differs in more than the key: stop or replace',
	},
	ignore: runFlags.ignore,
	timeout: runFlags.timeout,
	...practice,
	...clusters,
} as const satisfies Flags;

export const rotate = command({
	name: 'rotate',
	summary: 'replace secrets of a pair that exists',
	takes: { name: '[NAME]', about: "of the ClusterPair, or the latest run's" },
	flags,
	help: {
		about:
			'Replaces the object-store key of a pair on both clusters, the token of its ServiceAccount, or the cluster token of Portworx. The new one is tried before the old one is deleted. It is refused while a Migration is running.',
		exit: `0 done, 1 failed, nothing changed, 2 bad input, 3 failed after changes, ${whenStoppedOrNo}`,
		example: 'pxpair rotate remotecluster --answers new-key.yaml',
	},
	seesThrough: 'always',
	read({ what = byDefault, answers, namespace, run, plan, yes, json, ...common }, name) {
		if (run !== undefined && answers !== undefined) {
			return new Mistake('--run and --answers both say which answers to use: use one of them');
		}
		return { what, subject: { name, namespace, run, answers }, plan, yes, json, common: commonOf(common) };
	},
	load: async () => (await import('../../rotate.ts')).rotateCommand,
});

const byDefault: readonly Rotatable[] = ['key'];

function rotatablesIn(text: string): readonly Rotatable[] | Mistake {
	const words = text.split(',').filter(Boolean);
	const known = rotatables.filter(one => words.includes(one));
	return known.length > 0 && words.every(word => known.some(one => one === word))
		? known
		: new Mistake(`--what takes ${rotatables.join(', ')}, or several of them, not "${text}"`);
}
