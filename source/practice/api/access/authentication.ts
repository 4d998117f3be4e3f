import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Socket } from 'node:net';
import { type PeerCertificate as NodePeerCertificate, TLSSocket } from 'node:tls';
import type { ObjectStore } from '../../contract.ts';
import { resources } from '../../resources.ts';
import { unauthorized } from '../failures.ts';
import type { User } from './authorization.ts';

export const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

type TokenClaims = Readonly<{
	namespace: string;
	serviceAccount: string;
	serviceAccountUid: string;
	/** Set for a token that is kept in a Secret and lives as long as that does. */
	secret?: string;
	/** Seconds since 1970, for a token that was requested. */
	expires?: number;
	/** Whom it was requested for; the API server itself when absent. */
	audiences?: readonly string[];
}>;

export const ownAudience = 'https://kubernetes.default.svc';

/** Service-account tokens are JWTs, signed with a key that lives as long as the server. */
export type TokenIssuer = Readonly<{
	issue(claims: TokenClaims): string;
	read(token: string): TokenClaims | undefined;
}>;

/** What a connection shows: a certificate that our authority signed, another one, or none. */
export type PeerCertificate =
	| Readonly<{ kind: 'none' }>
	| Readonly<{ kind: 'refused' }>
	| Readonly<{ kind: 'accepted'; user: string; groups: readonly string[] }>;

export type Authenticate = (authorization: string | undefined, certificate: PeerCertificate) => User;

export function authenticator(
	store: ObjectStore,
	tokens: Readonly<Record<string, string>>,
	issuer: TokenIssuer,
	now: () => Date,
): Authenticate {
	const users = new Map(Object.entries(tokens).map(([token, name]) => [token, userOf(name)]));
	return (authorization, certificate) => {
		if (certificate.kind === 'accepted') return certificateUser(certificate);
		if (!authorization && certificate.kind === 'none') return anonymous;
		const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
		const user = users.get(token) ?? serviceAccountOf(store, issuer.read(token), now);
		if (!user) throw unauthorized();
		return user;
	};
}

export function peerCertificateOf(socket: Socket): PeerCertificate {
	if (!(socket instanceof TLSSocket)) return { kind: 'none' };
	const { subject } = socket.getPeerCertificate() as Partial<NodePeerCertificate>;
	if (!subject) return { kind: 'none' };
	const { CN, O = [] } = subject as Readonly<{ CN?: string; O?: string | string[] }>;
	return socket.authorized ? { kind: 'accepted', user: CN ?? '', groups: [O].flat() } : { kind: 'refused' };
}

export function createTokenIssuer(): TokenIssuer {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const kid = createHash('sha256')
		.update(publicKey.export({ format: 'der', type: 'spki' }))
		.digest('base64url');
	const header = encoded({ alg: 'ES256', kid });
	return {
		issue(claims) {
			const signed = `${header}.${encoded(payloadOf(claims))}`;
			const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
			return `${signed}.${signature.toString('base64url')}`;
		},
		read(token) {
			const [head, payload, signature] = token.split('.');
			if (!head || !payload || !signature) return undefined;
			const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
			const isOurs = verify(
				'sha256',
				Buffer.from(`${head}.${payload}`),
				key,
				Buffer.from(signature, 'base64url'),
			);
			return isOurs ? claimsOf(JSON.parse(Buffer.from(payload, 'base64url').toString())) : undefined;
		},
	};
}

function certificateUser({ user, groups }: Extract<PeerCertificate, { kind: 'accepted' }>): User {
	return { name: user, groups: [...groups, 'system:authenticated'] };
}

function userOf(name: string): User {
	const groups = name === 'practice-admin' ? ['system:masters'] : [];
	return { name, groups: [...groups, 'system:authenticated'] };
}

/** A token dies with its Secret, its service account, or its time. */
function serviceAccountOf(
	store: ObjectStore,
	claims: TokenClaims | undefined,
	now: () => Date,
): User | undefined {
	if (!claims) return undefined;
	const { namespace, serviceAccount, serviceAccountUid, secret, expires, audiences } = claims;
	if (audiences && !audiences.includes(ownAudience)) return undefined;
	const account = store.get(resources.serviceaccounts, namespace, serviceAccount);
	if (account?.metadata.uid !== serviceAccountUid) return undefined;
	if (secret && !store.get(resources.secrets, namespace, secret)) return undefined;
	if (expires !== undefined && expires * 1000 < now().getTime()) return undefined;
	return {
		name: `system:serviceaccount:${namespace}:${serviceAccount}`,
		groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
	};
}

type Payload = {
	aud?: readonly string[];
	exp?: number;
	'kubernetes.io': {
		namespace: string;
		secret?: { name: string };
		serviceaccount: { name: string; uid: string };
	};
};

function payloadOf(claims: TokenClaims) {
	const { namespace, serviceAccount, serviceAccountUid, secret, expires, audiences } = claims;
	const now = Math.floor(Date.now() / 1000);
	// In the order in which Go writes them, for scripts that cut a token into lines.
	return {
		...(expires !== undefined && { aud: audiences ?? [ownAudience], exp: expires, iat: now }),
		iss: 'https://kubernetes.default.svc.cluster.local',
		'kubernetes.io': {
			namespace,
			...(secret && { secret: { name: secret } }),
			serviceaccount: { name: serviceAccount, uid: serviceAccountUid },
		},
		...(expires !== undefined && { nbf: now }),
		sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
	};
}

function claimsOf(payload: Payload): TokenClaims {
	const { namespace, secret, serviceaccount } = payload['kubernetes.io'];
	return {
		namespace,
		serviceAccount: serviceaccount.name,
		serviceAccountUid: serviceaccount.uid,
		...(secret && { secret: secret.name }),
		...(payload.exp !== undefined && { expires: payload.exp }),
		...(payload.aud && { audiences: payload.aud }),
	};
}

function encoded(value: object): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
