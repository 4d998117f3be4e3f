import { printCommand, quote } from './command.ts';
import { printManifest } from './manifest.ts';
import type { Side } from './pair.ts';
import type { Preview } from './step.ts';

/** Where a command for a Portworx pod runs, for the line that a person would type. */
export type PodPlaces = Readonly<Record<Side, Readonly<{ context: string; namespace: string; pod: string }>>>;

/** A preview as lines that could be typed, secrets as dots. */
export function previewText(preview: Preview, places: PodPlaces): string {
	switch (preview.kind) {
		case 'text':
			return preview.text;
		case 'manifest': {
			const verb = preview.verb === 'apply' ? 'apply --server-side' : 'create';
			return `kubectl --context ${quote(places[preview.on].context)} ${verb} -f -\n${printManifest(preview.manifest)}`;
		}
		case 'command': {
			const { command } = preview;
			const line = printCommand(command);
			if (command.where === 'here') {
				return line;
			}
			const { context, namespace, pod } = places[command.where];
			return `kubectl --context ${quote(context)} -n ${namespace} exec ${pod} -c portworx -- ${line}`;
		}
	}
}
