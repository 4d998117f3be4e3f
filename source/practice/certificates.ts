import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import * as der from './api/wire/der.ts';

/** Of all but `ec` other programs are tried with. */
export type KeyKind = 'ec' | 'rsa' | 'ed25519';

export type ServerCertificate = Readonly<{ caPem: string; certPem: string; keyPem: string }>;

type Certificate = Omit<ServerCertificate, 'caPem'>;

/** Signs what belongs to one cluster. Its key never leaves this object. */
export type Authority = Readonly<{
	caPem: string;
	/** For loopback and what else it is to be found at; valid for a year unless told otherwise. */
	server(further?: Readonly<{ names?: readonly string[]; days?: number }>): Certificate;
	/** Logs in as this user of these groups, which is what an API server reads in a certificate. */
	client(user: string, groups: readonly string[], days: number, key?: KeyKind): Certificate;
}>;

const aDay = 24 * 60 * 60 * 1000;

/** A certificate for loopback, signed by an authority that signs nothing else. */
export function createServerCertificate(clusterName: string): ServerCertificate {
	const authority = createAuthority(clusterName);
	return { caPem: authority.caPem, ...authority.server() };
}

export function createAuthority(clusterName: string): Authority {
	const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const issuer = name([['2.5.4.3', `pxpair practice authority of ${clusterName}`]]);
	const signer = { issuer, signingKey: own.privateKey };
	const caPem = certificate({
		...signer,
		subject: issuer,
		publicKey: own.publicKey,
		days: 365,
		extensions: [
			extension('2.5.29.19', der.sequence(der.yes, der.integer(Buffer.of(0))), 'critical'),
			extension('2.5.29.15', der.bits(Buffer.of(keyUsage.certificateSigning), 2), 'critical'),
			extension('2.5.29.14', der.octets(keyId(own.publicKey))),
		],
	});
	return {
		caPem,
		server({ names = [], days = 365 } = {}) {
			const subject = name([['2.5.4.3', `pxpair practice cluster ${clusterName}`]]);
			const hosts = der.sequence(dnsName('localhost'), ipAddress(127, 0, 0, 1), ...names.map(hostName));
			return endEntity(subject, '1.3.6.1.5.5.7.3.1', [extension('2.5.29.17', hosts)], days);
		},
		client(user, groups, days, key) {
			const subject = name([...groups.map(group => ['2.5.4.10', group] as const), ['2.5.4.3', user]]);
			return endEntity(subject, '1.3.6.1.5.5.7.3.2', [], days, key);
		},
	};

	function endEntity(
		subject: Buffer,
		purpose: string,
		further: readonly Buffer[],
		days: number,
		key: KeyKind = 'ec',
	): Certificate {
		const { publicKey, privateKey } = keyPair(key);
		const extensions = [
			extension('2.5.29.19', der.sequence(), 'critical'),
			extension('2.5.29.15', der.bits(Buffer.of(keyUsage.digitalSignature), 7), 'critical'),
			extension('2.5.29.37', der.sequence(der.objectId(purpose))),
			...further,
			extension('2.5.29.35', der.sequence(der.inPlaceOf(0, keyId(own.publicKey)))),
		];
		const certPem = certificate({ ...signer, subject, publicKey, extensions, days });
		return { certPem, keyPem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
	}
}

function keyPair(kind: KeyKind) {
	switch (kind) {
		case 'ec':
			return generateKeyPairSync('ec', { namedCurve: 'P-256' });
		case 'rsa':
			return generateKeyPairSync('rsa', { modulusLength: 2048 });
		case 'ed25519':
			return generateKeyPairSync('ed25519');
	}
}

type Contents = Readonly<{
	/** Names, as `name` encodes them. */
	subject: Buffer;
	issuer: Buffer;
	publicKey: KeyObject;
	signingKey: KeyObject;
	extensions: readonly Buffer[];
	days: number;
}>;

const keyUsage = { digitalSignature: 0x80, certificateSigning: 0x04 } as const;
const ecdsaWithSha256 = der.sequence(der.objectId('1.2.840.10045.4.3.2'));

/** RFC 5280, section 4.1. */
function certificate({ subject, issuer, publicKey, signingKey, extensions, days }: Contents): string {
	const now = Date.now();
	const signed = der.sequence(
		der.around(0, der.integer(Buffer.of(2))),
		der.integer(Buffer.from([0x40, ...randomBytes(15)])),
		ecdsaWithSha256,
		issuer,
		der.sequence(
			der.utcTime(new Date(now + Math.min(-1, days - 1) * aDay)),
			der.utcTime(new Date(now + days * aDay)),
		),
		subject,
		publicKey.export({ type: 'spki', format: 'der' }),
		der.around(3, der.sequence(...extensions)),
	);
	const whole = der.sequence(signed, ecdsaWithSha256, der.bits(sign('sha256', signed, signingKey)));
	const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
	return der.sequence(der.objectId(id), ...(critical ? [der.yes] : []), der.octets(value));
}

/** Attribute types and values, `2.5.4.3` being the common name and `2.5.4.10` the organization. */
function name(attributes: readonly (readonly [string, string])[]): Buffer {
	return der.sequence(
		...attributes.map(([type, value]) => der.set(der.sequence(der.objectId(type), der.utf8(value)))),
	);
}

function dnsName(host: string): Buffer {
	return der.inPlaceOf(2, Buffer.from(host));
}

const hostName = (host: string): Buffer =>
	isIPv4(host) ? ipAddress(...host.split('.').map(Number)) : dnsName(host);

function ipAddress(...bytes: readonly number[]): Buffer {
	return der.inPlaceOf(7, Buffer.from(bytes));
}

function keyId(key: KeyObject): Buffer {
	return createHash('sha1')
		.update(key.export({ type: 'spki', format: 'der' }))
		.digest();
}
