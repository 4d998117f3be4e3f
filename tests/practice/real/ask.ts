import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import type { ClusterPlan } from '../../../source/practice/cluster-plan.ts';
import { type Practice, type PracticeOptions, startPractice } from '../../../source/practice/practice.ts';
import { request } from '../../../source/practice/request.ts';
import { startKubectl } from '../../helpers/kubectl.ts';

export type Context = 'east' | 'west';

/** Practice clusters for one test. */
export async function start(options: PracticeOptions = {}): Promise<Practice> {
	const practice = await startPractice(options);
	onTestFinished(() => practice.close());
	return practice;
}

/** The healthy scenario with these changes in the destination. */
export function startWest(changes: Partial<ClusterPlan>): Promise<Practice> {
	return start({ override: ({ east, west }) => ({ east, west: { ...west, ...changes } }) });
}

/** A real kubectl whose context is `west`. */
export async function kubectlOn({ kubeconfig }: Pick<Practice, 'kubeconfig'>) {
	const kubectl = await startKubectl(kubeconfig);
	onTestFinished(() => kubectl.close());
	return {
		run: (args: readonly string[], input?: string) => kubectl.run(['--context', 'west', ...args], input),
	};
}

/** One request as the kubeconfig says, of which it understands tokens. Objects are POSTed. */
export async function ask(
	{ kubeconfig }: Pick<Practice, 'kubeconfig'>,
	context: Context,
	path: string,
	body?: object,
) {
	const { cluster, user } = entriesOf(kubeconfig, context);
	const { server, 'certificate-authority-data': ca } = cluster;
	const answer = await request(
		new URL(`${server}${path}`),
		{
			method: body ? 'POST' : 'GET',
			ca: Buffer.from(ca, 'base64').toString(),
			headers: { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' },
			timeout: 5000,
		},
		body && JSON.stringify(body),
	);
	return { code: answer.code, json: answer.body.startsWith('{') ? JSON.parse(answer.body) : answer.body };
}

/** What the kubeconfig says of one context's cluster and user. */
export function entriesOf(kubeconfig: string, context: Context) {
	const index = context === 'east' ? 0 : 1;
	const { clusters, users } = parse(kubeconfig);
	return { cluster: clusters[index].cluster, user: users[index].user };
}
