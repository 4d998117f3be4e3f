import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority } from '../certificates.ts';
import type { ClusterPlan } from '../cluster-plan.ts';

export const administrator = 'practice-admin';

/** What the API server accepts as the administrator's: the text of an ending login says itself when it ends. */
export function administratorToken({ login, name }: Pick<ClusterPlan, 'login' | 'name'>): string {
	switch (login) {
		case 'ending-token':
			return jwt(name, anHour);
		case 'auth-provider':
			return jwt(name, aYear);
		default:
			return `practice-${randomBytes(24).toString('hex')}`;
	}
}

type Means = Readonly<{
	token: string;
	authority: Authority;
	/** Where a login plugin can be put; it goes away with the folder. */
	folder: string;
}>;

/** The user of the kubeconfig. */
export function userEntry(login: ClusterPlan['login'], { token, authority, folder }: Means): object {
	switch (login) {
		case 'token':
		case 'ending-token':
			return { token };
		case 'plugin':
			return { exec: pluginIn(folder, token) };
		case 'auth-provider':
			return { 'auth-provider': openIdProvider(token) };
		case 'certificate':
			return clientCertificate(authority, 365);
		case 'ending-certificate':
			return clientCertificate(authority, 3);
	}
}

/** A program that no pod has: the kubeconfig names it by its path on this machine. */
function pluginIn(folder: string, token: string): object {
	const apiVersion = 'client.authentication.k8s.io/v1';
	const command = join(folder, 'login-plugin');
	const credential = JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { token } });
	writeFileSync(command, `#!/bin/sh\necho '${credential}'\n`, { mode: 0o700 });
	return { apiVersion, command, interactiveMode: 'Never', provideClusterInfo: false };
}

/** The one provider that kubectl still has: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-kubectl */
function openIdProvider(token: string): object {
	const config = {
		'client-id': 'kubernetes',
		'idp-issuer-url': 'https://login.practice.invalid',
		'id-token': token,
	};
	return { name: 'oidc', config };
}

function clientCertificate(authority: Authority, days: number): object {
	const { certPem, keyPem } = authority.client(administrator, ['system:masters'], days);
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	return { 'client-certificate-data': base64(certPem), 'client-key-data': base64(keyPem) };
}

const anHour = 60 * 60;
const aYear = 365 * 24 * anHour;

/** In shape one of an OpenID provider; no one checks its signature, since the API server knows it by heart. */
function jwt(cluster: string, seconds: number): string {
	const now = Math.floor(Date.now() / 1000);
	const claims = {
		iss: `https://login.${cluster}.invalid`,
		sub: administrator,
		iat: now,
		exp: now + seconds,
		jti: randomBytes(16).toString('hex'),
	};
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${randomBytes(64).toString('base64url')}`;
}
