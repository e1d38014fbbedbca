import type { Layer, Principal } from '@ag/model';
import type { LayerView } from '../layers/layer-view.ts';
import type { Scene } from '../layers/scene.ts';
import type { Suggestion } from '../types.ts';
import type { Worth } from './explain-statement.ts';

/**
 * The smallest addition to each layer that stands in the way of a request that nothing denies explicitly. All of them
 * together let it pass; what the service itself refuses, no policy can mend.
 */
export function suggest(scene: Scene, views: readonly LayerView[], worth: Worth): readonly Suggestion[] {
  return views
    .filter(({ blocks }) => worth.isPossible(blocks))
    .flatMap(({ layer, target }): readonly Suggestion[] => {
      const statement = toStatement(layer, scene);
      return statement ? [{ layer, ...(target !== undefined && { target }), statement }] : [];
    });
}

function toStatement(layer: Layer, scene: Scene): Suggestion['statement'] | undefined {
  const { action } = scene;
  const Resource = scene.wildcardOnly ? '*' : scene.arn;
  switch (layer) {
    case 'identity':
    case 'boundary':
    case 'session':
    case 'scp':
      return { Effect: 'Allow', Action: action, Resource };
    case 'rcp':
      // Only AWS's own RCP may allow (OR10), and it allows all of this.
      return { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
    case 'endpoint':
    case 'resource':
    case 'accessPoint':
      return { Effect: 'Allow', Principal: toElement(scene.question.request.principal), Action: action, Resource };
    case 'trust':
      return { Effect: 'Allow', Principal: toElement(scene.question.request.principal), Action: action };
    case 'grant':
    case 'acl':
    case 'publicAccessBlock':
    case 'service':
      return undefined;
  }
}

function toElement(principal: Principal): NonNullable<Suggestion['statement']['Principal']> {
  switch (principal.kind) {
    case 'root':
    case 'user':
    case 'role':
    case 'federatedUser':
      return { AWS: principal.arn };
    case 'session':
      return { AWS: principal.roleArn };
    case 'webIdentity':
    case 'saml':
      return { Federated: principal.provider };
    case 'service':
      return { Service: principal.name };
    case 'anonymous':
      return '*';
  }
}
