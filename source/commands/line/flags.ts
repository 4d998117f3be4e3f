export const planOutputs = ['text', 'markdown', 'json'] as const;
export type PlanOutput = (typeof planOutputs)[number];

/** All flags there are, as `node:util` reads them. */
export const flags = {
	help: { type: 'boolean', short: 'h' },
	version: { type: 'boolean', short: 'V' },
	json: { type: 'boolean' },
	output: { type: 'string', short: 'o' },
	practice: { type: 'boolean' },
	scenario: { type: 'string' },
	kubeconfig: { type: 'string' },
	storkctl: { type: 'string' },
	source: { type: 'string' },
	destination: { type: 'string' },
	'existing-credential': { type: 'string' },
	'existing-pair': { type: 'string' },
	timeout: { type: 'string' },
	'both-ways': { type: 'boolean' },
	'service-account': { type: 'boolean' },
	server: { type: 'string' },
	ignore: { type: 'string' },
	resume: { type: 'boolean' },
	yes: { type: 'boolean', short: 'y' },
	force: { type: 'boolean' },
	plan: { type: 'boolean' },
	namespace: { type: 'string', short: 'n' },
	run: { type: 'string' },
	answers: { type: 'string' },
	list: { type: 'boolean' },
	watch: { type: 'boolean' },
	against: { type: 'string' },
	prometheus: { type: 'string' },
	expiry: { type: 'string' },
	step: { type: 'boolean' },
	accessible: { type: 'boolean' },
	ascii: { type: 'boolean' },
	'no-color': { type: 'boolean' },
} as const;

export const commands = [
	'run',
	'check',
	'plan',
	'runs',
	'status',
	'undo',
	'practice',
	'completion',
	'help',
] as const;

const clusterFlags = ['kubeconfig', 'storkctl', 'source', 'destination', 'practice', 'scenario'];
const pairFlags = ['both-ways', 'service-account', 'server', 'ignore'];
const runFlags = [...clusterFlags, ...pairFlags, 'existing-credential', 'existing-pair', 'timeout'];
/** How things are said: known everywhere, so that an alias may hold them. */
export const lookFlags = ['accessible', 'ascii', 'no-color'];
/** Which flags each command knows, besides those and --help. */
export const flagsOf: Readonly<Record<string, readonly string[]>> = {
	wizard: [...runFlags, 'answers'],
	run: [...runFlags, 'json', 'resume', 'step'],
	runs: ['json'],
	status: [
		...['kubeconfig', 'storkctl', 'source', 'destination', 'both-ways', 'json'],
		...['namespace', 'run', 'answers', 'watch', 'prometheus', 'expiry'],
	],
	undo: ['kubeconfig', 'json', 'yes', 'force', 'plan'],
	check: [...runFlags, 'json', 'against'],
	plan: [...runFlags, 'output', 'json'],
	practice: ['scenario', 'kubeconfig', 'practice', 'list'],
	completion: [],
	help: [],
};
