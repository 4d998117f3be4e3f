import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { stringify } from 'yaml';
import type { Both, ClusterPlan, TwoClusters } from './cluster-plan.ts';

type Reachable = Readonly<{ url: string; caPem: string; token: string }>;

/** A kubeconfig with the contexts `east` and `west`, which lead where the plans say. */
export async function practiceKubeconfig(plans: TwoClusters, clusters: Both<Reachable>): Promise<string> {
	const entries = await Promise.all([
		entriesOf('east', plans.east, clusters.east, clusters.west),
		entriesOf('west', plans.west, clusters.west, clusters.east),
	]);
	return stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'east',
		preferences: {},
		clusters: entries.map(({ cluster }) => cluster),
		users: entries.map(({ user }) => user),
		contexts: entries.map(({ context }) => context),
	});
}

async function entriesOf(context: string, { name, access }: ClusterPlan, own: Reachable, other: Reachable) {
	const { url, caPem, token } = access === 'to-the-other' ? other : own;
	const server = access === 'to-closed-port' ? `https://127.0.0.1:${await closedPort()}` : url;
	const user = `${name}-admin`;
	return {
		cluster: {
			name,
			cluster: { server, 'certificate-authority-data': Buffer.from(caPem).toString('base64') },
		},
		user: {
			name: user,
			user: { token: access === 'here-with-refused-token' ? `${token}-expired` : token },
		},
		context: { name: context, context: { cluster: name, user } },
	};
}

/** A port of this machine where nothing listens, as far as one can know. */
export async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise(resolve => server.close(resolve));
	return port;
}
