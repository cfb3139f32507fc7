using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AV1Relay.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CommentsOnPlans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PlanComments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    IsWaiting = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    PupilId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedOn = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PlanComments", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PlanComments_PupilId_RecordedOn",
                table: "PlanComments",
                columns: new[] { "PupilId", "RecordedOn" });

            migrationBuilder.CreateIndex(
                name: "IX_PlanComments_RecordedOn",
                table: "PlanComments",
                column: "RecordedOn");

            migrationBuilder.CreateIndex(
                name: "Waiting_comments",
                table: "PlanComments",
                column: "PlanId",
                filter: "\"IsWaiting\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PlanComments");
        }
    }
}
