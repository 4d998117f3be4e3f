import type { LoginFacts } from '../pairing/login.ts';
import type { ContextEntry } from './kubeconfig.ts';

export async function loginFacts({ server }: ContextEntry): Promise<LoginFacts> {
	return {
		server: server ?? '',
		proxy: undefined,
		ca: { kind: 'system' },
		serverName: undefined,
		user: { kind: 'none' },
	};
}
