import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as der from './api/der.ts';

export type ServerCertificate = Readonly<{ caPem: string; certPem: string; keyPem: string }>;

const aDay = 24 * 60 * 60 * 1000;

/** A certificate for loopback, signed by an authority that signs nothing else; its key is forgotten at once. */
export function createServerCertificate(clusterName: string): ServerCertificate {
	const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const issuer = `pxpair practice authority of ${clusterName}`;
	const signer = { issuer, signingKey: authority.privateKey };
	const caPem = certificate({
		...signer,
		subject: issuer,
		publicKey: authority.publicKey,
		extensions: [
			extension('2.5.29.19', der.sequence(der.yes, der.integer(Buffer.of(0))), 'critical'),
			extension('2.5.29.15', der.bits(Buffer.of(keyUsage.certificateSigning), 2), 'critical'),
			extension('2.5.29.14', der.octets(keyId(authority.publicKey))),
		],
	});
	const certPem = certificate({
		...signer,
		subject: `pxpair practice cluster ${clusterName}`,
		publicKey: server.publicKey,
		extensions: [
			extension('2.5.29.19', der.sequence(), 'critical'),
			extension('2.5.29.15', der.bits(Buffer.of(keyUsage.digitalSignature), 7), 'critical'),
			extension('2.5.29.37', der.sequence(der.objectId('1.3.6.1.5.5.7.3.1'))),
			extension('2.5.29.17', der.sequence(dnsName('localhost'), ipAddress(127, 0, 0, 1))),
			extension('2.5.29.35', der.sequence(der.inPlaceOf(0, keyId(authority.publicKey)))),
		],
	});
	return { caPem, certPem, keyPem: String(server.privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}

type Contents = Readonly<{
	subject: string;
	issuer: string;
	publicKey: KeyObject;
	signingKey: KeyObject;
	extensions: readonly Buffer[];
}>;

const keyUsage = { digitalSignature: 0x80, certificateSigning: 0x04 } as const;
const ecdsaWithSha256 = der.sequence(der.objectId('1.2.840.10045.4.3.2'));

/** RFC 5280, section 4.1. */
function certificate({ subject, issuer, publicKey, signingKey, extensions }: Contents): string {
	const now = Date.now();
	const signed = der.sequence(
		der.around(0, der.integer(Buffer.of(2))),
		der.integer(Buffer.from([0x40, ...randomBytes(15)])),
		ecdsaWithSha256,
		name(issuer),
		der.sequence(der.utcTime(new Date(now - aDay)), der.utcTime(new Date(now + 365 * aDay))),
		name(subject),
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

function name(commonName: string): Buffer {
	return der.sequence(der.set(der.sequence(der.objectId('2.5.4.3'), der.utf8(commonName))));
}

function dnsName(host: string): Buffer {
	return der.inPlaceOf(2, Buffer.from(host));
}

function ipAddress(...bytes: readonly number[]): Buffer {
	return der.inPlaceOf(7, Buffer.from(bytes));
}

function keyId(key: KeyObject): Buffer {
	return createHash('sha1')
		.update(key.export({ type: 'spki', format: 'der' }))
		.digest();
}
