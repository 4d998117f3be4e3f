import type { ApiServer } from '../api-server.ts';
import type { ClusterPlan } from '../cluster-plan.ts';
import { startAstray } from './astray.ts';
import { userEntry } from './logins.ts';
import { closedPort } from './loopback.ts';
import { startProxy } from './proxy.ts';

/** How the kubeconfig gets into a cluster: the entries of its cluster and its user, and all that has to run for them. */
export type WayIn = Readonly<{
	cluster: Readonly<{ server: string; [field: string]: unknown }>;
	user: object;
	/** `host:port` of each connection that went through the kubeconfig's proxy, oldest first. */
	tunnels: readonly string[];
	close(): Promise<void>;
}>;

type Means = Readonly<{
	server: Pick<ApiServer, 'port' | 'authority'>;
	/** The administrator's. */
	token: string;
	/** For a login plugin. */
	folder: string;
}>;

export async function openWayIn(
	{ access, login, ca, proxy: through }: ClusterPlan,
	{ server, token, folder }: Means,
): Promise<WayIn> {
	const { authority } = server;
	const astray = await startAstray(access, authority);
	const port = access === 'to-closed-port' ? await closedPort() : (astray?.port ?? server.port);
	const proxy = through === 'here' ? await startProxy(port) : undefined;
	return {
		cluster: {
			server: `https://127.0.0.1:${port}`,
			...(ca === 'own'
				? { 'certificate-authority-data': Buffer.from(authority.caPem).toString('base64') }
				: { 'insecure-skip-tls-verify': true }),
			...(proxy && { 'proxy-url': `http://127.0.0.1:${proxy.port}` }),
		},
		user: userEntry(login, {
			token: access === 'here-with-refused-token' ? `${token}-expired` : token,
			authority,
			folder,
		}),
		tunnels: proxy?.tunnels ?? [],
		async close() {
			await Promise.all([proxy?.close(), astray?.close()]);
		},
	};
}
