import type { Direction } from '../../answers/direction.ts';
import type { Remedies } from '../../words/problem.ts';
import type { Remedy } from '../../words/way.ts';
import { serverRemedy } from './address.ts';

/** What may be wrong with a kubeconfig entry that travels. The ids are those of the problems. */
export type LoginTrouble =
	| 'server-only-here'
	| 'login-proxy-only-here'
	| 'login-proxy'
	| 'login-unencrypted'
	| 'login-no-ca'
	| 'login-unchecked'
	| 'login-plugin-not-in-stork'
	| 'login-plugin-needs-credentials'
	| 'login-plugin-version'
	| 'login-auth-provider'
	| 'login-refused'
	| 'login-acts-as'
	| 'login-unsupported'
	| 'login-none'
	| 'login-ended'
	| 'login-not-yet-valid'
	| 'login-ending';

type Explanation = Readonly<{
	level: 'error' | 'warning';
	/** What will happen, and on which side. */
	title(way: Direction): string;
	/** The ways out, the best first. */
	ways(where: Readonly<{ way: Direction; context: string }>): Remedies;
}>;

const account: Remedy = {
	what: 'Let pxpair create a ServiceAccount for the pair',
	way: { kind: 'use-account' },
};

export const explanations: Readonly<Record<LoginTrouble, Explanation>> = {
	'server-only-here': {
		level: 'error',
		title: ({ from, to }) =>
			`Stork on the ${from} can't reach the ${to}: the address in the kubeconfig works on this machine only`,
		ways: ({ way }) => [
			serverRemedy(way, `Give an address of its API server that the ${way.from} can reach`),
			`Or choose a context of the ${way.to} with such an address: the server's certificate must cover it, or set tls-server-name.`,
		],
	},
	'login-proxy-only-here': {
		level: 'error',
		title: ({ from, to }) =>
			`Stork on the ${from} can't reach the proxy that the kubeconfig names for the ${to}: it runs on this machine`,
		ways: ({ way }) => [
			`Choose a context of the ${way.to} without proxy-url, or with a proxy that pods of the ${way.from} can reach.`,
		],
	},
	'login-proxy': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will use the proxy of the kubeconfig for the ${to}, and must reach it`,
		ways: ({ way }) => [
			`Check that pods of the ${way.from} reach that proxy; it could not be tested from there.`,
			`If the ${way.from} reaches the ${way.to} without it, choose a context without proxy-url.`,
		],
	},
	'login-unencrypted': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will connect to the ${to} without TLS: anyone in between can read and change the traffic`,
		ways: ({ way }) => [
			serverRemedy(way, 'Give the https address of its API server'),
			'Or choose a context with an https address.',
		],
	},
	'login-no-ca': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will trust the ${to} only if a public CA signed its certificate: the kubeconfig names no CA`,
		ways: ({ way }) => [
			`Unless a public CA signed the certificate of the ${way.to}, add its CA to the kubeconfig (certificate-authority-data).`,
		],
	},
	'login-unchecked': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} does not verify the certificate of the ${to}: anyone in between can read the credentials of the pair`,
		ways: () => [
			'Add the CA of the cluster to the kubeconfig (certificate-authority-data) and remove insecure-skip-tls-verify.',
		],
	},
	'login-plugin-not-in-stork': {
		level: 'error',
		title: ({ from, to }) =>
			`Stork on the ${from} can't log in to the ${to}: its pod lacks the login plugin of the kubeconfig`,
		ways: ({ way }) => [
			account,
			`Or choose a context of the ${way.to} that logs in with a token or a client certificate.`,
		],
	},
	'login-plugin-needs-credentials': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will log in to the ${to} with a plugin that needs cloud credentials in Stork's pod`,
		ways: () => [account],
	},
	'login-plugin-version': {
		level: 'error',
		title: ({ from, to }) =>
			`Stork on the ${from} can't log in to the ${to}: it does not know the API version of the kubeconfig's login plugin`,
		ways: ({ way }) => [
			account,
			`Or choose a context of the ${way.to} that logs in with a token or a client certificate.`,
		],
	},
	'login-refused': {
		level: 'error',
		title: ({ from, to }) =>
			`Stork on the ${from} refuses the login for the ${to} before it sends anything: the pair will show no scheduler status, and only Stork's log will say why`,
		ways: ({ way }) => [account, `Or choose a context of the ${way.to} that holds its credentials itself.`],
	},
	'login-acts-as': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will act on the ${to} as another user, as the kubeconfig says: it migrates with the permissions of that user`,
		ways: ({ way }) => [account, `Or choose a context of the ${way.to} without impersonation (as).`],
	},
	'login-auth-provider': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} can use the OpenID Connect login for the ${to} only until its token expires, or as long as it can renew it itself`,
		ways: ({ way }) => [
			account,
			`Or choose a context of the ${way.to} that logs in with a token or a client certificate.`,
		],
	},
	'login-unsupported': {
		level: 'error',
		title: ({ to }) =>
			`The pair would contain a password for the ${to}, which no API server accepts since Kubernetes 1.19`,
		ways: ({ way }) => [
			account,
			`Or choose a context of the ${way.to} that logs in with a token or a client certificate.`,
		],
	},
	'login-none': {
		level: 'error',
		title: ({ to }) =>
			`The pair would contain no credentials for the ${to}: it may become Ready, but migrations will fail`,
		ways: ({ way }) => [account, `Or choose a context of the ${way.to} that has a user with credentials.`],
	},
	'login-ended': {
		level: 'error',
		title: ({ to }) =>
			`The credentials for the ${to} have expired: the pair may become Ready, but migrations will fail`,
		ways: ({ context }) => [account, `Or log in again, so that the context ${context} has new credentials.`],
	},
	'login-not-yet-valid': {
		level: 'error',
		title: ({ to }) => `The credentials for the ${to} are not valid yet: migrations will fail`,
		ways: ({ context }) => [
			account,
			`Or check the clock of this machine, and the certificate of the context ${context}.`,
		],
	},
	'login-ending': {
		level: 'warning',
		title: ({ to }) =>
			`The credentials for the ${to} expire soon: from then on migrations fail while the pair still says Ready`,
		ways: () => [
			account,
			'Or log in again for credentials that last longer: a pair keeps those it was created with.',
		],
	},
};
