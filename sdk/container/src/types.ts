import type { ContainerMethods } from "@selasar/protocol/container";

type FullName = keyof ContainerMethods;

/** A class of gpContainer. */
export type ClassName = FullName extends `${infer C}.${string}` ? C : never;

/** A method of a class. */
export type MethodOf<C extends ClassName> = FullName extends infer N ? (N extends `${C}.${infer M}` ? M : never) : never;

type Of<C extends string, M extends string> = `${C}.${M}` extends FullName ? ContainerMethods[`${C}.${M}`] : never;

/** The parameters of a method. */
export type ParamsOf<C extends ClassName, M extends MethodOf<C>> = Of<C, M>["params"];

/**
 * The result that the success callback gets. `data` is a JSON string in GoPay below 2.00.
 * Source: `frontend-v2`, `list-of-jssdks-webkit-v4`.
 */
export type SuccessOf<C extends ClassName, M extends MethodOf<C>> = {
  success: true;
  ret: string;
  msg?: string;
} & (Of<C, M>["data"] extends null ? unknown : { data: Of<C, M>["data"] }) &
  Of<C, M>["beside"];

/** The failure of a call, in snake_case, in camelCase, or in both. `ret` is an array after a time-out. */
export interface Failure {
  success?: false;
  ret: string | readonly string[];
  msg?: string;
  error_code?: string | number;
  error_type?: string;
  error_message?: string;
  errorCode?: string | number;
  errorType?: string;
  errorMessage?: string;
}

/** The object `window.gpContainer`. */
export interface GpContainer {
  /**
   * Calls a method of the super app. Exactly one of the callbacks is called, once.
   * @param timeout in ms; the clock stops while the user decides. Default: 10,000
   */
  call<C extends ClassName, M extends MethodOf<C>>(
    className: C,
    methodName: M,
    params: ParamsOf<C, M> | Record<string, never>,
    success: ((result: SuccessOf<C, M>) => void) | null | undefined,
    failure?: ((failure: Failure) => void) | null,
    timeout?: number,
  ): void;
  /** Without callbacks, returns a promise that is rejected with a {@link Failure}. */
  call<C extends ClassName, M extends MethodOf<C>>(
    className: C,
    methodName: M,
    params?: ParamsOf<C, M> | Record<string, never>,
    timeout?: number,
  ): Promise<SuccessOf<C, M>>;
}
