import type { Direction } from '../answers/direction.ts';
import type { Remedies } from '../words/problem.ts';
import type { Remedy } from '../words/way.ts';
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
			`Stork on the ${from} will not find the ${to}: the address in the kubeconfig means something on this machine alone`,
		ways: ({ way }) => [
			serverRemedy(way, `Give the address of its API server that the ${way.from} can reach`),
			`Or choose a context of the ${way.to} with such an address: its certificate has to be for it, or tls-server-name says what it is for.`,
		],
	},
	'login-proxy-only-here': {
		level: 'error',
		title: ({ from, to }) =>
			`Stork on the ${from} will not find the proxy that the kubeconfig names for the ${to}: it runs on this machine`,
		ways: ({ way }) => [
			`Choose a context of the ${way.to} without proxy-url, or with a proxy that pods of the ${way.from} can reach.`,
		],
	},
	'login-proxy': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will ask the ${to} through the proxy of the kubeconfig, and has to reach it`,
		ways: ({ way }) => [
			`Check that pods of the ${way.from} reach that proxy; it could not be tried from there.`,
			`If the ${way.from} reaches the ${way.to} without it, choose a context that has no proxy-url.`,
		],
	},
	'login-unencrypted': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will talk to the ${to} without TLS: whoever stands between can read and change it`,
		ways: ({ way }) => [
			serverRemedy(way, 'Give the https address of its API server'),
			'Or choose a context with an https address.',
		],
	},
	'login-no-ca': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will trust the ${to} only if a public CA vouches for it: the kubeconfig names none`,
		ways: ({ way }) => [
			`Unless a public CA signed the certificate of the ${way.to}, put its own CA into the kubeconfig (certificate-authority-data).`,
		],
	},
	'login-unchecked': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will take any server for the ${to}: whoever stands between can read the credentials of the pair`,
		ways: () => [
			'Put the CA of the cluster into the kubeconfig (certificate-authority-data) and take insecure-skip-tls-verify out.',
		],
	},
	'login-plugin-not-in-stork': {
		level: 'error',
		title: ({ from, to }) =>
			`Stork on the ${from} can't log in to the ${to}: it lacks the program that the kubeconfig runs for it`,
		ways: ({ way }) => [
			account,
			`Or choose a context of the ${way.to} that logs in with a token or a client certificate.`,
		],
	},
	'login-plugin-needs-credentials': {
		level: 'warning',
		title: ({ from, to }) =>
			`Stork on the ${from} will log in to the ${to} with a program that needs cloud credentials in Stork's own pod`,
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
			`The pair would carry a password for the ${to}, and no API server has taken passwords since Kubernetes 1.19`,
		ways: ({ way }) => [
			account,
			`Or choose a context of the ${way.to} that logs in with a token or a client certificate.`,
		],
	},
	'login-none': {
		level: 'error',
		title: ({ to }) =>
			`The pair would carry no credentials for the ${to}: it may say Ready, but migrations will be refused`,
		ways: ({ way }) => [account, `Or choose a context of the ${way.to} that has a user with credentials.`],
	},
	'login-ended': {
		level: 'error',
		title: ({ to }) =>
			`The credentials for the ${to} have ended: the pair may say Ready, but migrations will be refused`,
		ways: ({ context }) => [account, `Or log in anew, so that the context ${context} has fresh credentials.`],
	},
	'login-not-yet-valid': {
		level: 'error',
		title: ({ to }) => `The credentials for the ${to} are not valid yet: migrations will be refused`,
		ways: ({ context }) => [
			account,
			`Or check the clock of this machine, and who made the certificate of the context ${context}.`,
		],
	},
	'login-ending': {
		level: 'warning',
		title: ({ to }) =>
			`The credentials for the ${to} end soon: from then on the pair will go on saying Ready while migrations fail`,
		ways: ({ context }) => [
			account,
			`Or log in anew, so that the context ${context} has credentials that last: a pair keeps those it was made with.`,
		],
	},
};
