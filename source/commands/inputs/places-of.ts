import { podPlaces } from '../../pairing/step/pod-places.ts';
import type { PodPlaces } from '../../pairing/step/preview.ts';
import type { CommonOptions } from '../line/options.ts';
import type { Session } from './session.ts';

/** Where the commands of a plan run, as far as it is known. */
export function placesOf(
	facts: Parameters<typeof podPlaces>[0],
	{ answers, practice }: Pick<Session, 'answers' | 'practice'>,
	{ kubeconfig }: CommonOptions,
): PodPlaces {
	// The practice clusters' own is gone by the time anybody types.
	const named = practice ? undefined : kubeconfig;
	return podPlaces(facts, {
		source: answers.source.kubeconfig ?? named,
		destination: answers.destination.kubeconfig ?? named,
	});
}
