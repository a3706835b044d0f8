export { gpContainer } from "./module.js";
export type { ClassName, Failure, GpContainer, MethodOf, ParamsOf, SuccessOf } from "./types.js";
export type { ContainerEvents, ContainerMethods } from "@selasar/protocol/container";
