import { type Account, tokenSecretName } from '../cluster-pair/account.ts';
import { keyFileInPod } from '../cluster-pair/pxctl-commands.ts';
import { pxctlPath } from '../clusters/portworx.ts';
import { type Command, printCommand, printWords, quote } from '../words/command.ts';
import { type Manifest, printManifest } from '../words/manifest.ts';
import { type Side, sides } from '../words/pair.ts';
import type { Preview, Step } from './step.ts';

/** Where commands for a cluster and its Portworx run, for the line that a person would type. */
export type PodPlace = Readonly<{
	context: string;
	/** Where one was named; else kubectl finds its own. */
	kubeconfig?: string;
	namespace: string;
	pod: string;
	/** PX-Security: pxctl wants a token. */
	secured?: boolean;
}>;

export type PodPlaces = Readonly<Record<Side, PodPlace>>;

/**
 * A preview as lines that could be typed, secrets as dots.
 * @param on the cluster of its step; it matters only where two kubeconfig files have a context of the same name
 */
export function previewText(preview: Preview, places: PodPlaces, on?: Step['on']): string {
	switch (preview.kind) {
		case 'text':
			return preview.text;
		case 'manifest': {
			const line = writeLine(preview.verb, preview.manifest, places[preview.on]);
			return `${line}\n${printManifest(preview.manifest)}`;
		}
		case 'account-token':
			return `${accountTokenLine(preview.account, places[preview.on])} | base64 -d`;
		case 'spec':
		case 'command': {
			const { command } = preview;
			return command.where === 'here'
				? hereLine(command, places, on)
				: podLines(command, places[command.where]);
		}
	}
}

/** kubectl or storkctl on this machine, with the kubeconfig file of the cluster that it is about. */
export function hereLine(command: Command, places: PodPlaces, on?: Step['on']): string {
	const context = command.args[command.args.indexOf('--context') + 1];
	const side =
		on === 'source' || on === 'destination' ? on : sides.find(it => places[it].context === context);
	const { file, args } = command;
	const flag = side ? kubeconfigFlag(places[side]) : [];
	return [quote(file), ...flag, printWords(args)].join(' ');
}

export const accountTokenLine = ({ name, namespace }: Account, place: PodPlace): string =>
	`${kubectlFor(place)} -n ${quote(namespace)} get ${quote(`secret/${tokenSecretName(name)}`)} -o 'jsonpath={.data.token}'`;

/** What puts the manifest on its standard input into the cluster. Someone's namespace of that name is left as it is. */
export function writeLine(verb: 'create' | 'apply', { kind, metadata }: Manifest, place: PodPlace): string {
	const kubectl = kubectlFor(place);
	const namespace = metadata.namespace ? ` -n ${quote(metadata.namespace)}` : '';
	return verb === 'apply'
		? `${kubectl} apply --server-side --field-manager pxpair -f -`
		: `${kubectl} get ${quote(`${kind.toLowerCase()}/${metadata.name}`)}${namespace} 2>/dev/null || ${kubectl} create -f -`;
}

/** `kubectl … exec … --`, for what follows. With its type before it, no name is taken for an option. */
export const execLine = (place: PodPlace, flags: '' | '-i ' = ''): string =>
	`${kubectlFor(place)} -n ${quote(place.namespace)} exec ${flags}${quote(`pod/${place.pod}`)} -c portworx --`;

export const kubectlFor = (place: PodPlace): string =>
	['kubectl', ...kubeconfigFlag(place), '--context', quote(place.context)].join(' ');

export const needsToken = ({ file }: Command, { secured }: PodPlace): boolean =>
	secured === true && file === pxctlPath;

export const readsKeyFile = ({ args, file }: Command): boolean =>
	file === pxctlPath && args.includes(keyFileInPod);

function podLines(command: Command, place: PodPlace): string {
	const token = needsToken(command, place) ? 'env PXCTL_AUTH_TOKEN=•••••••• ' : '';
	const bring = `base64 < KEY_FILE | ${execLine(place, '-i ')} sh -c 'umask 077; base64 -d > ${keyFileInPod}'\n`;
	return `${readsKeyFile(command) ? bring : ''}${execLine(place)} ${token}${printCommand(command)}`;
}

/** In quotes a shell would take `~` for a name. */
function kubeconfigFlag({ kubeconfig }: PodPlace): readonly string[] {
	if (kubeconfig === undefined) {
		return [];
	}
	const path = kubeconfig.startsWith('~/') ? `~/${quote(kubeconfig.slice(2))}` : quote(kubeconfig);
	return ['--kubeconfig', path];
}
