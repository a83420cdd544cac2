import { ECS } from '@aws-sdk/client-ecs';
import { makeHandlers } from './handlers.mjs';

const handlers = makeHandlers(new ECS(), process.env);
export const onEvent = (event) => handlers.onEvent(event);
export const isComplete = (event) => handlers.isComplete(event);
