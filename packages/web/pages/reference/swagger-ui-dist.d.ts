/** As much of it as is used here; the package has no types. https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  export default function SwaggerUI(options: {
    readonly domNode: Element | null;
    readonly url: string;
    readonly deepLinking: boolean;
    readonly tryItOutEnabled: boolean;
    readonly displayRequestDuration: boolean;
    readonly validatorUrl: string | null;
  }): void;
}

declare module "*.css" {}
